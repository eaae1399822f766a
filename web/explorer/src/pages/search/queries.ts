import { graphql } from '../../query'
import '../../components/fragments'

export const HomeDocument = graphql(/* GraphQL */ `
  query Home {
    stats {
      reports
      passages
      entities
      claims
      observations
      kinds {
        kind
        count
      }
    }
    entities(first: 12, orderBy: { field: MENTIONS, direction: DESC }) {
      nodes {
        ...EntityRef
      }
    }
    reports(first: 4) {
      nodes {
        id
        title
        date
        regionName
      }
    }
  }
`)

export const SearchDocument = graphql(/* GraphQL */ `
  query Search(
    $query: String!
    $kinds: [Kind!]
    $region: ID
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    search(query: $query, kinds: $kinds, region: $region, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo {
        ...PageFields
      }
      nodes {
        match
        matched
        highlight {
          start
          end
        }
        node {
          __typename
          id
          ...EntityRef
          ... on Entity {
            aliases
            region {
              name
            }
            status {
              status
            }
          }
          ... on Passage {
            line
            report {
              id
              title
              date
            }
          }
        }
      }
    }
    spread: search(query: $query, region: $region, first: 1) {
      facets {
        kinds {
          kind
          count
        }
        passages
      }
    }
    regions: search(query: $query, kinds: $kinds, first: 1) {
      facets {
        regions {
          count
          region {
            id
            name
          }
        }
      }
    }
    stats {
      reports
    }
  }
`)
