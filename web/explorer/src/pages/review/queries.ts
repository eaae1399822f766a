import { graphql } from '../../query'
import '../../components/curate/queries'

export const QueueDocument = graphql(/* GraphQL */ `
  query Queue(
    $claims: Boolean!
    $numbers: Boolean!
    $claimFilter: ClaimFilter
    $numberFilter: ObservationFilter
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    claims(
      filter: $claimFilter
      orderBy: { field: CONFIDENCE }
      first: $first
      after: $after
      last: $last
      before: $before
    ) @include(if: $claims) {
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
    observations(
      filter: $numberFilter
      orderBy: { field: CONFIDENCE }
      first: $first
      after: $after
      last: $last
      before: $before
    ) @include(if: $numbers) {
      totalCount
      pageInfo {
        ...PageFields
      }
      nodes {
        ...CorrectableNumber
        evidence {
          ...EvidenceFields
        }
        about {
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
        observation {
          id
        }
        becameObservation {
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
          observation {
            id
          }
          becameObservation {
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
