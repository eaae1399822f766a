import { graphql } from '../../query'
import '../../components/fragments'

export const TablesDocument = graphql(/* GraphQL */ `
  query Tables {
    stats {
      reports
      entities
      claims
      observations
      kinds {
        kind
        count
      }
    }
  }
`)

export const EntityRowsDocument = graphql(/* GraphQL */ `
  query EntityRows(
    $filter: EntityFilter
    $orderBy: EntityOrder
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    page: entities(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo {
        ...PageFields
      }
      nodes {
        ...EntityRef
        aliases
        region {
          ...EntityRef
        }
        status {
          status
          modality
          date
          claim {
            id
          }
        }
        ... on Place {
          level
          parent {
            ...EntityRef
          }
        }
        ... on Park {
          location {
            ...EntityRef
          }
        }
        ... on Project {
          location {
            ...EntityRef
          }
        }
        ... on Organization {
          location {
            ...EntityRef
          }
        }
        ... on Facility {
          location {
            ...EntityRef
          }
        }
        ... on Event {
          location {
            ...EntityRef
          }
        }
        mentions(first: 1) {
          totalCount
          nodes {
            evidence {
              ...SourceFields
            }
          }
        }
        claims(first: 1) {
          totalCount
        }
        observations(first: 1) {
          totalCount
        }
      }
    }
  }
`)

export const ClaimRowsDocument = graphql(/* GraphQL */ `
  query ClaimRows(
    $filter: ClaimFilter
    $orderBy: ClaimOrder
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    page: claims(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo {
        ...PageFields
      }
      nodes {
        ...ClaimLine
        rank {
          number
          scope
        }
        evidence {
          ...SourceFields
        }
      }
    }
  }
`)

export const ObservationRowsDocument = graphql(/* GraphQL */ `
  query ObservationRows(
    $filter: ObservationFilter
    $orderBy: ObservationOrder
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    page: observations(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo {
        ...PageFields
      }
      nodes {
        ...ObservationLine
        amount
        baseUnit
        evidence {
          ...SourceFields
        }
      }
    }
  }
`)

export const ReportRowsDocument = graphql(/* GraphQL */ `
  query ReportRows(
    $filter: ReportFilter
    $orderBy: ReportOrder
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    page: reports(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo {
        ...PageFields
      }
      nodes {
        __typename
        id
        file
        format
        title
        regionName
        region {
          ...EntityRef
        }
        issuer
        speaker
        post
        meeting
        date
        period {
          ...PeriodFields
        }
        aim {
          ...PeriodFields
        }
        characters
        entities(first: 1) {
          totalCount
        }
        claims(first: 1) {
          totalCount
        }
        observations(first: 1) {
          totalCount
        }
      }
    }
  }
`)
