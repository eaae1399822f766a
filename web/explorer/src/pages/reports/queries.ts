import { graphql } from '../../query'
import '../../components/fragments'

export const ReportsDocument = graphql(/* GraphQL */ `
  query Reports($filter: ReportFilter, $first: Int, $after: String, $last: Int, $before: String) {
    reports(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo {
        ...PageFields
      }
      nodes {
        id
        title
        file
        date
        regionName
        issuer
        characters
        period {
          ...PeriodFields
        }
      }
    }
    stats {
      regions {
        count
        region {
          id
          name
        }
      }
    }
  }
`)
