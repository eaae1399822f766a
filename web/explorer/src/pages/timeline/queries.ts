import { graphql } from '../../query'
import '../../components/fragments'

graphql(/* GraphQL */ `
  fragment ReportTime on Report {
    id
    title
    regionName
    date
    period {
      from
      to
    }
    aim {
      from
      to
    }
  }
`)

export const TimelineDocument = graphql(/* GraphQL */ `
  query Timeline(
    $report: String
    $region: ID
    $about: ID
    $aboutMatches: EntityFilter
    $period: PeriodInput
    $state: CommitmentState
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    commitments(
      report: $report
      region: $region
      about: $about
      aboutMatches: $aboutMatches
      period: $period
      state: $state
      first: $first
      after: $after
      last: $last
      before: $before
    ) {
      totalCount
      truncated
      pageInfo {
        ...PageFields
      }
      nodes {
        id
        state
        report {
          ...ReportTime
        }
        about {
          ...EntityRef
          statuses {
            status
            modality
            period {
              ...PeriodFields
            }
            claim {
              id
            }
            evidence {
              sentence
            }
            report {
              ...ReportTime
            }
          }
        }
        claim {
          id
        }
        observation {
          ...ObservationLine
        }
        evidence {
          sentence
        }
        result {
          ...ObservationLine
          evidence {
            sentence
            report {
              ...ReportTime
            }
          }
        }
      }
    }
  }
`)

export const StatesDocument = graphql(/* GraphQL */ `
  query States($report: String, $region: ID, $about: ID, $aboutMatches: EntityFilter, $period: PeriodInput) {
    commitments(report: $report, region: $region, about: $about, aboutMatches: $aboutMatches, period: $period, first: 1) {
      states {
        state
        count
      }
    }
  }
`)
