import type { MapPlaceFragment } from '../../graphql/graphql'
import { graphql } from '../../query'
import '../../components/fragments'

graphql(/* GraphQL */ `
  fragment MapPlace on Place {
    ...EntityRef
    level
    code
    counts {
      entities
      kinds {
        kind
        count
      }
      claims
      observations
      reports
    }
  }
`)

export const NationDocument = graphql(/* GraphQL */ `
  query MapNation($first: Int, $after: String, $last: Int, $before: String) {
    provinces: places(first: 100, filter: { levels: [PROVINCE] }) {
      nodes {
        ...MapPlace
      }
    }
    others: places(
      first: $first
      after: $after
      last: $last
      before: $before
      filter: { topmost: true, levels: [CITY, DISTRICT, STREET, VILLAGE, REGION, AREA, WATER, ROAD, COUNTRY] }
      orderBy: { field: MENTIONS, direction: DESC }
    ) {
      totalCount
      pageInfo {
        ...PageFields
      }
      nodes {
        ...MapPlace
      }
    }
  }
`)

export const PlaceDocument = graphql(/* GraphQL */ `
  query MapPlacePage($place: ID!, $first: Int, $after: String, $last: Int, $before: String) {
    node(id: $place) {
      id
      ... on Place {
        ...MapPlace
        ancestors {
          ...EntityRef
        }
        children(first: $first, after: $after, last: $last, before: $before) {
          totalCount
          pageInfo {
            ...PageFields
          }
          nodes {
            ...MapPlace
          }
        }
      }
    }
  }
`)

export const InsideDocument = graphql(/* GraphQL */ `
  query MapInside($place: ID!, $kinds: [Kind!], $first: Int, $after: String, $last: Int, $before: String) {
    entities(
      filter: { within: $place, kinds: $kinds }
      orderBy: { field: MENTIONS, direction: DESC }
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
        ...EntityRef
        claims(
          first: 1
          direction: OUT
          filter: { relations: [LOCATED_IN, SETTLED_IN, COVERS], objectMatches: { within: $place } }
          orderBy: { field: CONFIDENCE, direction: DESC }
        ) {
          nodes {
            ...ClaimLine
          }
        }
      }
    }
  }
`)

export type MapPlace = MapPlaceFragment
