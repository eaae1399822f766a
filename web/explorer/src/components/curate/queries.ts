import { graphql } from '../../query'
import '../fragments'

graphql(/* GraphQL */ `
  fragment Judged on Claim {
    __typename
    id
    curation {
      state
      change {
        id
        who
        when
        why
      }
    }
  }
`)

graphql(/* GraphQL */ `
  fragment Correctable on Claim {
    ...ClaimLine
    ...Judged
  }
`)

graphql(/* GraphQL */ `
  fragment JudgedNumber on Observation {
    __typename
    id
    curation {
      state
      change {
        id
        who
        when
        why
      }
    }
  }
`)

graphql(/* GraphQL */ `
  fragment CorrectableNumber on Observation {
    ...ObservationLine
    ...JudgedNumber
  }
`)

export const ConfirmDocument = graphql(/* GraphQL */ `
  mutation Confirm($input: ConfirmClaimInput!) {
    done: confirmClaim(input: $input) {
      change {
        id
      }
      claim {
        ...Judged
      }
    }
  }
`)

export const RejectDocument = graphql(/* GraphQL */ `
  mutation Reject($input: RejectClaimInput!) {
    done: rejectClaim(input: $input) {
      change {
        id
      }
      claim {
        ...Judged
      }
    }
  }
`)

export const CorrectDocument = graphql(/* GraphQL */ `
  mutation Correct($input: CorrectClaimInput!) {
    done: correctClaim(input: $input) {
      change {
        id
      }
      claim {
        ...Judged
      }
    }
  }
`)

export const ConfirmNumberDocument = graphql(/* GraphQL */ `
  mutation ConfirmNumber($input: JudgeObservationInput!) {
    done: confirmObservation(input: $input) {
      change {
        id
      }
      observation {
        ...JudgedNumber
      }
    }
  }
`)

export const RejectNumberDocument = graphql(/* GraphQL */ `
  mutation RejectNumber($input: JudgeObservationInput!) {
    done: rejectObservation(input: $input) {
      change {
        id
      }
      observation {
        ...JudgedNumber
      }
    }
  }
`)

export const CorrectNumberDocument = graphql(/* GraphQL */ `
  mutation CorrectNumber($input: CorrectObservationInput!) {
    done: correctObservation(input: $input) {
      change {
        id
      }
      observation {
        ...JudgedNumber
      }
    }
  }
`)

export const AddClaimDocument = graphql(/* GraphQL */ `
  mutation AddClaim($input: AddClaimInput!) {
    done: addClaim(input: $input) {
      change {
        id
      }
      claim {
        id
        evidence {
          start
          end
          passage {
            id
          }
        }
      }
    }
  }
`)

export const AddAliasDocument = graphql(/* GraphQL */ `
  mutation AddAlias($input: AddAliasInput!) {
    done: addAlias(input: $input) {
      change {
        id
      }
    }
  }
`)

export const MergeDocument = graphql(/* GraphQL */ `
  mutation Merge($input: MergeEntitiesInput!) {
    done: mergeEntities(input: $input) {
      change {
        id
      }
      entity {
        ...EntityRef
      }
    }
  }
`)

export const SplittableDocument = graphql(/* GraphQL */ `
  query Splittable($id: ID!) {
    entity(id: $id) {
      __typename
      id
      claims(first: 100) {
        totalCount
        nodes {
          ...ClaimLine
          evidence {
            report {
              id
              title
              file
            }
          }
        }
      }
      observations(first: 100) {
        totalCount
        nodes {
          ...ObservationLine
          evidence {
            report {
              id
              title
              file
            }
          }
        }
      }
    }
  }
`)

export const SplitDocument = graphql(/* GraphQL */ `
  mutation Split($input: SplitEntityInput!) {
    done: splitEntity(input: $input) {
      change {
        id
      }
      splitOff {
        ...EntityRef
      }
    }
  }
`)

export const UndoDocument = graphql(/* GraphQL */ `
  mutation Undo($input: UndoInput!) {
    done: undo(input: $input) {
      change {
        id
      }
    }
  }
`)
