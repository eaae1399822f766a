import { graphql } from '../../query'
import '../../components/fragments'

graphql(/* GraphQL */ `
  fragment ReportHead on Report {
    id
    title
    file
    regionName
    region {
      ...EntityRef
    }
    date
    issuer
    speaker
    post
    meeting
    characters
    sections {
      id
      level
      number
      heading
      mood
      line
    }
  }
`)

export const ReportDocument = graphql(/* GraphQL */ `
  query Report($id: ID!, $file: String!) {
    byId: report(id: $id) {
      ...ReportHead
    }
    byFile: report(file: $file) {
      ...ReportHead
    }
  }
`)

export const PassagesDocument = graphql(/* GraphQL */ `
  query PassagesOf($report: ID!, $after: String) {
    report(id: $report) {
      id
      passages(first: 100, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          line
          page
          text
          heading
          mentions {
            entity {
              ...EntityRef
            }
            evidence {
              start
              end
            }
          }
        }
      }
    }
  }
`)

export const FactsDocument = graphql(/* GraphQL */ `
  query FactsIn($passage: ID!) {
    node(id: $passage) {
      __typename
      id
      ... on Passage {
        claims(first: 100) {
          nodes {
            ...ClaimLine
          }
        }
        observations(first: 100) {
          nodes {
            ...ObservationLine
          }
        }
      }
    }
  }
`)
