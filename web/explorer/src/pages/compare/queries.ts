import { graphql } from '../../query'
import '../../components/fragments'

graphql(/* GraphQL */ `
  fragment ReportChoice on Report {
    id
    title
    regionName
    region {
      id
      name
    }
    date
    file
  }
`)

export const ChoicesDocument = graphql(/* GraphQL */ `
  query CompareChoices {
    reports(first: 100) {
      nodes {
        ...ReportChoice
      }
    }
  }
`)

export const CompareDocument = graphql(/* GraphQL */ `
  query Compare($before: String!, $after: String!) {
    compare(before: $before, after: $after) {
      before {
        ...ReportChoice
      }
      after {
        ...ReportChoice
      }
      statusChanges(first: 1) {
        totalCount
      }
      valueChanges(first: 1) {
        totalCount
      }
      appeared(first: 1) {
        totalCount
      }
      vanished(first: 1) {
        totalCount
      }
      newClaims(first: 1) {
        totalCount
      }
      droppedClaims(first: 1) {
        totalCount
      }
    }
  }
`)

export const TwoReportsDocument = graphql(/* GraphQL */ `
  query TwoReports($before: ID!, $beforeFile: String!, $after: ID!, $afterFile: String!) {
    beforeById: report(id: $before) {
      ...ReportChoice
    }
    beforeByFile: report(file: $beforeFile) {
      ...ReportChoice
    }
    afterById: report(id: $after) {
      ...ReportChoice
    }
    afterByFile: report(file: $afterFile) {
      ...ReportChoice
    }
  }
`)

export const StatusChangesDocument = graphql(/* GraphQL */ `
  query StatusChanges($before: String!, $after: String!, $first: Int, $afterCursor: String, $last: Int, $beforeCursor: String) {
    compare(before: $before, after: $after) {
      statusChanges(first: $first, after: $afterCursor, last: $last, before: $beforeCursor) {
        totalCount
        pageInfo {
          ...PageFields
        }
        nodes {
          entity {
            ...EntityRef
          }
          before {
            ...ComparedStep
          }
          after {
            ...ComparedStep
          }
        }
      }
    }
  }
  fragment ComparedStep on StatusStep {
    status
    modality
    claim {
      id
    }
    evidence {
      sentence
    }
  }
`)

export const ValueChangesDocument = graphql(/* GraphQL */ `
  query ValueChanges($before: String!, $after: String!, $first: Int, $afterCursor: String, $last: Int, $beforeCursor: String) {
    compare(before: $before, after: $after) {
      valueChanges(first: $first, after: $afterCursor, last: $last, before: $beforeCursor) {
        totalCount
        pageInfo {
          ...PageFields
        }
        nodes {
          about {
            ...EntityRef
          }
          measure
          unit
          difference
          growth
          before {
            ...ObservationLine
          }
          after {
            ...ObservationLine
          }
        }
      }
    }
  }
`)

export const EntitiesDocument = graphql(/* GraphQL */ `
  query ComparedEntities(
    $before: String!
    $after: String!
    $appeared: Boolean!
    $first: Int
    $afterCursor: String
    $last: Int
    $beforeCursor: String
  ) {
    compare(before: $before, after: $after) {
      appeared(first: $first, after: $afterCursor, last: $last, before: $beforeCursor, orderBy: { field: KIND }) @include(if: $appeared) {
        ...ComparedEntityPage
      }
      vanished(first: $first, after: $afterCursor, last: $last, before: $beforeCursor, orderBy: { field: KIND }) @skip(if: $appeared) {
        ...ComparedEntityPage
      }
    }
  }
  fragment ComparedEntityPage on EntityConnection {
    totalCount
    pageInfo {
      ...PageFields
    }
    nodes {
      ...EntityRef
    }
  }
`)

export const ClaimsDocument = graphql(/* GraphQL */ `
  query ComparedClaims(
    $before: String!
    $after: String!
    $new: Boolean!
    $first: Int
    $afterCursor: String
    $last: Int
    $beforeCursor: String
  ) {
    compare(before: $before, after: $after) {
      newClaims(first: $first, after: $afterCursor, last: $last, before: $beforeCursor, orderBy: { field: RELATION }) @include(if: $new) {
        ...ComparedClaimPage
      }
      droppedClaims(first: $first, after: $afterCursor, last: $last, before: $beforeCursor, orderBy: { field: RELATION }) @skip(if: $new) {
        ...ComparedClaimPage
      }
    }
  }
  fragment ComparedClaimPage on ClaimConnection {
    totalCount
    pageInfo {
      ...PageFields
    }
    nodes {
      ...ClaimLine
    }
  }
`)
