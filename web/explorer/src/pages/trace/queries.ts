import type {
  CitationFragment,
  TraceClaimFragment,
  TraceEntityFragment,
  TraceQuery,
  TraceStatusFragment,
} from '../../graphql/graphql'
import { graphql } from '../../query'
import '../../components/fragments'

graphql(/* GraphQL */ `
  fragment Citation on Evidence {
    quote
    sentence
    rule
    permalink
    passage {
      ...PassagePlace
    }
    report {
      id
      file
      title
      issuer
      date
    }
  }
`)

graphql(/* GraphQL */ `
  fragment TraceClaim on Claim {
    ...ClaimLine
    rank {
      scope
    }
    curation {
      state
    }
    evidence {
      ...Citation
    }
  }
`)

graphql(/* GraphQL */ `
  fragment TraceStatus on StatusStep {
    status
    modality
    date
    period {
      ...PeriodFields
    }
    claim {
      id
      confidence
      curation {
        state
      }
      evidence {
        ...Citation
      }
    }
  }
`)

graphql(/* GraphQL */ `
  fragment TraceEntity on Entity {
    ...EntityRef
    ... on Place {
      level
      parent {
        id
        name
      }
    }
  }
`)

export const StartDocument = graphql(/* GraphQL */ `
  query TraceStart {
    programs(first: 12, filter: { relation: COVERS }, orderBy: { field: MENTIONS, direction: DESC }) {
      nodes {
        ...EntityRef
      }
    }
    projects(first: 12, filter: { relation: LOCATED_IN }, orderBy: { field: MENTIONS, direction: DESC }) {
      nodes {
        ...EntityRef
      }
    }
    places(
      first: 12
      filter: { levels: [STREET, VILLAGE], relation: COVERS }
      orderBy: { field: MENTIONS, direction: DESC }
    ) {
      nodes {
        ...EntityRef
      }
    }
  }
`)

export const TraceDocument = graphql(/* GraphQL */ `
  query Trace(
    $from: ID!
    $direction: TraceDirection
    $levels: [PlaceLevel!]
    $kinds: [Kind!]
    $report: String
    $ladder: Boolean!
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    start: entity(id: $from) {
      ...TraceEntity
      aliases
      statuses {
        ...TraceStatus
      }
      claims(
        first: 100
        filter: {
          report: $report
          relations: [RESPONSIBLE_FOR, PART_OF, TARGETS, SUPPORTS, COOPERATES_WITH, RECOGNIZED_AS, RANKED]
        }
      ) {
        totalCount
        nodes {
          ...TraceClaim
        }
      }
      observations(first: 20, filter: { report: $report }) {
        totalCount
        nodes {
          ...ObservationLine
          curation {
            state
          }
          evidence {
            ...Citation
          }
        }
      }
      reports(first: 100) {
        nodes {
          id
          file
          title
          date
          regionName
        }
      }
      ... on Place {
        ancestors {
          ...EntityRef
        }
      }
    }
    trace(
      from: $from
      direction: $direction
      levels: $levels
      kinds: $kinds
      report: $report
      ladder: $ladder
      first: $first
      after: $after
      last: $last
      before: $before
    ) {
      totalCount
      truncated
      visited
      pageInfo {
        ...PageFields
      }
      nodes {
        to {
          ...TraceEntity
          statuses {
            ...TraceStatus
          }
        }
        hops {
          from {
            ...TraceEntity
          }
          to {
            ...TraceEntity
          }
          direction
          derived
          rule
          claims {
            ...TraceClaim
          }
        }
      }
    }
  }
`)

export type TraceData = TraceQuery['trace']
export type Start = NonNullable<TraceQuery['start']>
export type Way = TraceQuery['trace']['nodes'][number]
export type Hop = Way['hops'][number]
export type TraceEntity = TraceEntityFragment
export type TraceClaim = TraceClaimFragment
export type TraceStatus = TraceStatusFragment
export type Citation = CitationFragment
