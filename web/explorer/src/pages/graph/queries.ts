import { graphql } from '../../query'
import '../../components/fragments'

graphql(/* GraphQL */ `
  fragment GraphNode on Entity {
    ...EntityRef
    mentions(first: 1) {
      totalCount
    }
  }
`)

/** What lies around an entity, and what of it is left out. */
export const AroundDocument = graphql(/* GraphQL */ `
  query GraphAround($of: ID!, $perRelation: Int!, $limit: Int!) {
    neighborhood(of: $of, perRelation: $perRelation, limit: $limit) {
      entities {
        ...GraphNode
      }
      cutOff {
        relation
        direction
        total
      }
    }
  }
`)

/** What an entity is connected with over one relation in one direction. */
export const RelatedDocument = graphql(/* GraphQL */ `
  query GraphRelated($id: ID!, $relation: Relation!, $direction: Direction!, $first: Int!, $after: String) {
    node(id: $id) {
      id
      ... on Entity {
        related(
          relations: [$relation]
          direction: $direction
          first: $first
          after: $after
          orderBy: { field: MENTIONS, direction: DESC }
        ) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            ...GraphNode
          }
        }
      }
    }
  }
`)

/** What connects entities with each other and with those drawn before. */
export const LinksDocument = graphql(/* GraphQL */ `
  query GraphLinks($of: [ID!]!, $with: [ID!]!) {
    links(of: $of, with: $with) {
      from {
        id
      }
      to {
        id
      }
      relation
      claims {
        id
        modality
      }
    }
  }
`)

export const PathsDocument = graphql(/* GraphQL */ `
  query GraphPaths($from: ID!, $to: ID!, $maxLength: Int!) {
    paths(from: $from, to: $to, maxLength: $maxLength, first: 8) {
      truncated
      nodes {
        from {
          ...GraphNode
        }
        hops {
          from {
            ...EntityRef
          }
          to {
            ...GraphNode
          }
          relation
          direction
          claim {
            ...ClaimLine
          }
          claims {
            id
          }
        }
      }
    }
  }
`)

/** What the card of an entity tells: what it is, and how much hangs on it over each relation. */
export const CardDocument = graphql(/* GraphQL */ `
  query GraphCard($id: ID!) {
    node(id: $id) {
      id
      ...EntityRef
      ... on Entity {
        aliases
        region {
          ...EntityRef
        }
        status {
          status
          date
          claim {
            id
          }
        }
      }
    }
    neighborhood(of: $id, perRelation: 1, limit: 40) {
      truncated
      links {
        from {
          id
        }
        to {
          id
        }
        relation
      }
      cutOff {
        relation
        direction
        total
      }
    }
  }
`)

/** The sentences of claims, for files. */
export const QuotesDocument = graphql(/* GraphQL */ `
  query GraphQuotes($ids: [ID!]!) {
    nodes(ids: $ids) {
      id
      ... on Claim {
        modality
        period {
          ...PeriodFields
        }
        confidence
        evidence {
          quote
          sentence
          permalink
          rule
          confidence
          report {
            title
            file
            date
          }
        }
      }
    }
  }
`)

/** What is named most, to begin with. */
export const StartDocument = graphql(/* GraphQL */ `
  query GraphStart {
    entities(first: 16, orderBy: { field: MENTIONS, direction: DESC }) {
      nodes {
        ...EntityRef
      }
    }
  }
`)
