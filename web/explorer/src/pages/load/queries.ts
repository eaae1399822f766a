import { graphql } from '../../query'
import '../../components/fragments'

graphql(/* GraphQL */ `
  fragment JobFields on Job {
    id
    state
    startedBy
    reason
    createdAt
    endedAt
    total
    finished
    failed
  }
`)

graphql(/* GraphQL */ `
  fragment JobFiles on JobFileConnection {
    totalCount
    pageInfo {
      ...PageFields
    }
    nodes {
      name
      state
      unchanged
      entityCount
      claimCount
      observationCount
      report {
        id
        title
      }
      error {
        code
        fault
        message
      }
    }
  }
`)

export const JobDocument = graphql(/* GraphQL */ `
  query Job($id: ID!, $states: [JobState!], $first: Int, $after: String, $last: Int, $before: String) {
    job(id: $id) {
      ...JobFields
      files(states: $states, first: $first, after: $after, last: $last, before: $before) {
        ...JobFiles
      }
    }
  }
`)

export const JobProgressDocument = graphql(/* GraphQL */ `
  subscription JobProgress($id: ID!, $states: [JobState!], $first: Int, $after: String, $last: Int, $before: String) {
    jobProgress(id: $id) {
      ...JobFields
      files(states: $states, first: $first, after: $after, last: $last, before: $before) {
        ...JobFiles
      }
    }
  }
`)

export const JobsDocument = graphql(/* GraphQL */ `
  query Jobs($first: Int, $after: String, $last: Int, $before: String) {
    jobs(first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo {
        ...PageFields
      }
      nodes {
        ...JobFields
      }
    }
  }
`)

export const LoadReportDocument = graphql(/* GraphQL */ `
  mutation LoadReport($files: [Upload!]!, $reason: String) {
    loadReport(input: { files: $files, reason: $reason }) {
      ...JobFields
    }
  }
`)

export const CancelJobDocument = graphql(/* GraphQL */ `
  mutation CancelJob($id: ID!) {
    cancelJob(id: $id) {
      ...JobFields
    }
  }
`)
