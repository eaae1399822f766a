import { graphql } from '../../query'
import '../../components/fragments'

graphql(/* GraphQL */ `
  fragment ClaimGroup on ClaimConnection {
    totalCount
    nodes {
      ...ClaimLine
    }
  }
`)

graphql(/* GraphQL */ `
  fragment Step on StatusStep {
    status
    modality
    date
    period {
      ...PeriodFields
    }
    claim {
      id
    }
    report {
      id
      title
    }
  }
`)

graphql(/* GraphQL */ `
  fragment Site on Entity {
    ...EntityRef
    ... on Place {
      level
      ancestors {
        ...EntityRef
        level
      }
    }
  }
`)

export const EntityDocument = graphql(/* GraphQL */ `
  query Entity($id: ID!) {
    entity(id: $id) {
      ...Site
      aliases
      region {
        ...EntityRef
      }
      status {
        ...Step
      }
      statuses {
        ...Step
      }
      ... on Place {
        code
        placeLocation: location {
          ...Site
        }
        children(first: 100) {
          totalCount
          nodes {
            ...EntityRef
          }
        }
      }
      ... on Park {
        location {
          ...Site
        }
      }
      ... on Project {
        location {
          ...Site
        }
      }
      ... on Facility {
        location {
          ...Site
        }
      }
      ... on Event {
        location {
          ...Site
        }
      }
      ... on Organization {
        location {
          ...Site
        }
      }
      derived {
        relation
        rule
        subject {
          ...EntityRef
        }
        object {
          ...EntityRef
        }
        from {
          ...ClaimLine
        }
      }
      observations(first: 100, orderBy: { field: PERIOD }) {
        totalCount
        nodes {
          ...ObservationLine
          amount
          baseUnit
        }
      }
      reports(first: 100) {
        totalCount
        nodes {
          id
          title
          date
          regionName
        }
      }
      SETTLED_IN_OUT: claims(relation: SETTLED_IN, direction: OUT, first: 6, orderBy: { field: CONFIDENCE, direction: DESC }) {
        ...ClaimGroup
      }
      SETTLED_IN_IN: claims(relation: SETTLED_IN, direction: IN, first: 6, orderBy: { field: CONFIDENCE, direction: DESC }) {
        ...ClaimGroup
      }
      LOCATED_IN_OUT: claims(relation: LOCATED_IN, direction: OUT, first: 6, orderBy: { field: CONFIDENCE, direction: DESC }) {
        ...ClaimGroup
      }
      LOCATED_IN_IN: claims(relation: LOCATED_IN, direction: IN, first: 6, orderBy: { field: CONFIDENCE, direction: DESC }) {
        ...ClaimGroup
      }
      PART_OF_OUT: claims(relation: PART_OF, direction: OUT, first: 6, orderBy: { field: CONFIDENCE, direction: DESC }) {
        ...ClaimGroup
      }
      PART_OF_IN: claims(relation: PART_OF, direction: IN, first: 6, orderBy: { field: CONFIDENCE, direction: DESC }) {
        ...ClaimGroup
      }
      COVERS_OUT: claims(relation: COVERS, direction: OUT, first: 6, orderBy: { field: CONFIDENCE, direction: DESC }) {
        ...ClaimGroup
      }
      COVERS_IN: claims(relation: COVERS, direction: IN, first: 6, orderBy: { field: CONFIDENCE, direction: DESC }) {
        ...ClaimGroup
      }
      TARGETS_OUT: claims(relation: TARGETS, direction: OUT, first: 6, orderBy: { field: CONFIDENCE, direction: DESC }) {
        ...ClaimGroup
      }
      TARGETS_IN: claims(relation: TARGETS, direction: IN, first: 6, orderBy: { field: CONFIDENCE, direction: DESC }) {
        ...ClaimGroup
      }
      RESPONSIBLE_FOR_OUT: claims(relation: RESPONSIBLE_FOR, direction: OUT, first: 6, orderBy: { field: CONFIDENCE, direction: DESC }) {
        ...ClaimGroup
      }
      RESPONSIBLE_FOR_IN: claims(relation: RESPONSIBLE_FOR, direction: IN, first: 6, orderBy: { field: CONFIDENCE, direction: DESC }) {
        ...ClaimGroup
      }
      SUPPORTS_OUT: claims(relation: SUPPORTS, direction: OUT, first: 6, orderBy: { field: CONFIDENCE, direction: DESC }) {
        ...ClaimGroup
      }
      SUPPORTS_IN: claims(relation: SUPPORTS, direction: IN, first: 6, orderBy: { field: CONFIDENCE, direction: DESC }) {
        ...ClaimGroup
      }
      COOPERATES_WITH: claims(relation: COOPERATES_WITH, first: 6, orderBy: { field: CONFIDENCE, direction: DESC }) {
        ...ClaimGroup
      }
      RECOGNIZED_AS: claims(relation: RECOGNIZED_AS, first: 6, orderBy: { field: CONFIDENCE, direction: DESC }) {
        ...ClaimGroup
      }
      RANKED: claims(relation: RANKED, first: 6, orderBy: { field: CONFIDENCE, direction: DESC }) {
        ...ClaimGroup
      }
    }
  }
`)

export const GroupDocument = graphql(/* GraphQL */ `
  query ClaimsOf(
    $id: ID!
    $relation: Relation!
    $direction: Direction
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    entity(id: $id) {
      __typename
      id
      claims(
        relation: $relation
        direction: $direction
        first: $first
        after: $after
        last: $last
        before: $before
        orderBy: { field: CONFIDENCE, direction: DESC }
      ) {
        ...ClaimGroup
        pageInfo {
          ...PageFields
        }
      }
    }
  }
`)

export const MentionsDocument = graphql(/* GraphQL */ `
  query MentionsOf($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
    entity(id: $id) {
      __typename
      id
      mentions(first: $first, after: $after, last: $last, before: $before) {
        totalCount
        pageInfo {
          ...PageFields
        }
        nodes {
          name
          evidence {
            quote
            sentence
            start
            end
            passage {
              id
              line
            }
            report {
              id
              title
              date
            }
          }
        }
      }
    }
  }
`)

export const PromisedDocument = graphql(/* GraphQL */ `
  query Promised($id: ID!) {
    commitments(about: $id, first: 1) {
      totalCount
    }
  }
`)
