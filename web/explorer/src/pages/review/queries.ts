import { graphql } from '../../query'
import '../../components/curate/queries'

export const QueueDocument = graphql(/* GraphQL */ `
  query Queue($filter: ClaimFilter, $first: Int, $after: String, $last: Int, $before: String) {
    claims(
      filter: $filter
      orderBy: { field: CONFIDENCE }
      first: $first
      after: $after
      last: $last
      before: $before
    ) {
      totalCount
      pageInfo {
        ...PageFields
      }
      nodes {
        ...Correctable
        evidence {
          ...EvidenceFields
        }
        subject {
          aliases
        }
        object {
          aliases
        }
      }
    }
  }
`)

export const ChangesDocument = graphql(/* GraphQL */ `
  query Changes($filter: ChangeFilter, $first: Int, $after: String, $last: Int, $before: String) {
    changes(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo {
        ...PageFields
      }
      nodes {
        id
        kind
        who
        when
        why
        before
        after
        file
        claim {
          id
        }
        became {
          id
        }
        entity {
          ...EntityRef
        }
        splitOff {
          ...EntityRef
        }
        report {
          id
          title
        }
        undoes {
          id
          kind
          claim {
            id
          }
          became {
            id
          }
        }
        undoneBy {
          id
          who
          when
        }
      }
    }
  }
`)
