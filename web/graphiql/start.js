'use strict'

const example = `# 蓝图：政府工作报告的知识图谱。每个答案都可以追溯到原句。
# Lantu: the graph of what government reports say. Every answer leads to its sentence.
# 按 Ctrl+Enter 运行；左上角可以查阅模式文档。 Ctrl+Enter runs it.

# 哪些企业落户了哪个园区？  Who settled in which park?
query Parks {
  parks(first: 10) {
    totalCount
    nodes {
      name
      location { name }
      status { status date }
      enterprises {
        edges {
          node { name }
          claims { evidence { quote report { title } } }
        }
      }
    }
  }
}

# 一项计划到达了哪些街乡？  Which places does a programme reach?
query Programs {
  programs(first: 10) {
    nodes {
      name
      places { nodes { name level ancestors { name } } }
    }
  }
}

# 报告里哪里说到“数字经济”？  Where do the reports speak of it?
query Search {
  search(query: "数字经济") {
    totalCount
    nodes {
      match
      matched
      node { id ... on Entity { kind name } ... on Passage { report { title } line } }
    }
  }
}
`

// A query can be shared as an address: /graphiql?query=…&variables=…
const shared = new URLSearchParams(location.search)

ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: '/graphql' }),
    defaultQuery: example,
    query: shared.get('query') ?? undefined,
    variables: shared.get('variables') ?? undefined,
  }),
)
