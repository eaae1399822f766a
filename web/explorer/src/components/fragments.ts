import type { ClaimLineFragment, EntityRefFragment, ObservationLineFragment } from '../graphql/graphql'
import { graphql } from '../query'

// What the shared components show. A page's queries.ts imports this file and spreads them.

graphql(/* GraphQL */ `
  fragment EntityRef on Entity {
    __typename
    id
    kind
    name
  }
`)

graphql(/* GraphQL */ `
  fragment PeriodFields on Period {
    from
    to
    text
  }
`)

graphql(/* GraphQL */ `
  fragment PageFields on PageInfo {
    hasNextPage
    hasPreviousPage
    startCursor
    endCursor
  }
`)

graphql(/* GraphQL */ `
  fragment ClaimLine on Claim {
    __typename
    id
    subject {
      ...EntityRef
    }
    relation
    object {
      ...EntityRef
    }
    value
    status
    modality
    period {
      ...PeriodFields
    }
    list {
      size
      named
      noun
    }
    confidence
  }
`)

graphql(/* GraphQL */ `
  fragment ObservationLine on Observation {
    __typename
    id
    about {
      ...EntityRef
    }
    measure
    number: value
    unit
    type
    hedge
    basis
    annualAverage
    period {
      ...PeriodFields
    }
    modality
    confidence
    checks {
      ok
      message
    }
  }
`)

graphql(/* GraphQL */ `
  fragment PassagePlace on Passage {
    line
    page
    section {
      number
      heading
      parent {
        number
        heading
      }
    }
  }
`)

graphql(/* GraphQL */ `
  fragment EvidenceFields on Evidence {
    quote
    sentence
    start
    end
    rule
    confidence
    passage {
      id
      text
      ...PassagePlace
    }
    report {
      id
      file
      title
      date
      regionName
    }
  }
`)

graphql(/* GraphQL */ `
  fragment SourceFields on Evidence {
    quote
    sentence
    start
    end
    permalink
    passage {
      id
    }
    report {
      id
      title
      date
      regionName
    }
  }
`)

export type EntityRef = EntityRefFragment
export type ClaimLine = ClaimLineFragment
export type ObservationLine = ObservationLineFragment
export type FactLineData = ClaimLine | ObservationLine
