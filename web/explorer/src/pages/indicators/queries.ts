import { graphql } from '../../query'
import '../../components/fragments'

export const IndicatorsDocument = graphql(/* GraphQL */ `
  query Indicators(
    $measureContains: String
    $about: ID
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    indicators(
      measureContains: $measureContains
      about: $about
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
        measure
        type
        baseUnit
        annualAverage
        observations
        entities
        periods
      }
    }
  }
`)

export const SeriesDocument = graphql(/* GraphQL */ `
  query Series($measure: String!, $about: [ID!], $region: ID, $modality: Modality) {
    series(measure: $measure, about: $about, region: $region, modality: $modality, first: 100) {
      about {
        ...EntityRef
      }
      measure
      type
      unit
      modality
      annualAverage
      points {
        period {
          ...PeriodFields
        }
        amount
        conflicting
        observations {
          ...ObservationLine
          amount
          evidence {
            ...SourceFields
          }
        }
      }
    }
  }
`)

export const MismatchesDocument = graphql(/* GraphQL */ `
  query Mismatches($filter: ObservationFilter!, $first: Int, $after: String, $last: Int, $before: String) {
    observations(
      filter: $filter
      orderBy: { field: DATE, direction: DESC }
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
        ...ObservationLine
        checks {
          rule
          with {
            ...ObservationLine
          }
        }
        evidence {
          ...SourceFields
        }
      }
    }
  }
`)
