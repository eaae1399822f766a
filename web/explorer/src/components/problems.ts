import type { CombinedError } from 'urql'
import type { Words } from '../routes'

/** What happened and what to do, by the code of an error: every code of docs/api.md has its sentence. */
export const problems: Record<string, Words> = {
  BAD_USER_INPUT: {
    zh: '所填的内容不能这样用。请按下面的说明改正后再试。',
    en: 'What was given cannot be used as it is. Change what is named below, then try again.',
  },
  NOT_FOUND: {
    zh: '图谱里没有所指的东西：它可能已被移除、合并或拆分。请重新查找后再试。',
    en: 'The graph has no such thing: it may have been removed, merged or split. Search for it anew.',
  },
  CONFLICT: {
    zh: '这一改动与先前或之后的改动相冲突：可能已经改过，或还有别的改动以它为据。请看修改记录，先撤销相关的改动。',
    en: 'This does not go with other changes: it is so already, or later changes rest on it. See the record of changes and undo those first.',
  },
  READ_ONLY: {
    zh: '数据库是只读打开的，什么都不能改。请让管理服务器的人以可写方式启动。',
    en: 'The database is open for reading only, so nothing can be changed. Ask those who run the server to open it for writing.',
  },
  UNAUTHENTICATED: {
    zh: '服务器不知道您是谁：没有密钥，或密钥已失效。请在下面填入密钥。',
    en: 'The server does not know who you are: there is no key, or it no longer holds. Give a key below.',
  },
  FORBIDDEN: {
    zh: '您的角色不能这样做。请换用权限更高的密钥，或请管理服务器的人来做。',
    en: 'Your role may not do this. Use the key of a higher role, or ask those who run the server.',
  },
  QUERY_TOO_LARGE: {
    zh: '查询太长，服务器没有执行。请减少条件后再试。',
    en: 'The query is too long and was not executed. Take conditions away, then try again.',
  },
  QUERY_TOO_DEEP: {
    zh: '查询嵌套太深，服务器没有执行。请缩小范围后再试。',
    en: 'The query nests too deep and was not executed. Ask for less, then try again.',
  },
  QUERY_TOO_COMPLEX: {
    zh: '要的太多，服务器没有执行。请加上筛选条件或缩小范围后再试。',
    en: 'This asks for too much and was not executed. Add a filter or narrow it, then try again.',
  },
  UNTRUSTED_DOCUMENT: {
    zh: '服务器只回答事先登记的查询，而这个页面的查询不在其中。请让管理服务器的人登记它。',
    en: 'The server answers only queries that it was given, and this page’s is none of them. Ask those who run the server to add it.',
  },
  PERSISTED_QUERY_NOT_FOUND: {
    zh: '服务器不再记得这个查询。请刷新页面后再试。',
    en: 'The server does not remember this query any more. Load the page anew and try again.',
  },
  GRAPHQL_PARSE_FAILED: {
    zh: '服务器读不懂这个查询：页面与服务器的版本可能不同。请刷新页面。',
    en: 'The server cannot read the query: page and server may be of different versions. Load the page anew.',
  },
  GRAPHQL_VALIDATION_FAILED: {
    zh: '查询与服务器的数据结构不符：页面与服务器的版本可能不同。请刷新页面。',
    en: 'The query does not fit the server’s schema: page and server may be of different versions. Load the page anew.',
  },
  BAD_REQUEST: {
    zh: '服务器读不懂这个请求：可能在途中被截断。请刷新页面后再试。',
    en: 'The server cannot read the request: it may have been cut on its way. Load the page anew and try again.',
  },
  METHOD_NOT_ALLOWED: {
    zh: '请求的方法不对：中间的代理可能改动了它。请告诉管理服务器的人。',
    en: 'The request has the wrong method: a proxy may have changed it. Tell those who run the server.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    zh: '请求的格式不对：中间的代理可能改动了它。请告诉管理服务器的人。',
    en: 'The request has the wrong media type: a proxy may have changed it. Tell those who run the server.',
  },
  BODY_TOO_LARGE: {
    zh: '所发的内容太大，服务器没有收下。请分几次发，或换用较小的文件。',
    en: 'What was sent is too large and was not taken. Send it in parts, or a smaller file.',
  },
  CROSS_ORIGIN: {
    zh: '服务器不回答从这个网址打开的页面。请用服务器自己的网址打开，或让管理的人放行。',
    en: 'The server does not answer pages of this address. Open its own address, or ask those who run it to allow this one.',
  },
  TOO_MANY_STREAMS: {
    zh: '同时打开的实时连接太多。请关掉几个窗口后再试。',
    en: 'Too many live connections are open. Close some windows, then try again.',
  },
  RATE_LIMITED: {
    zh: '一分钟内的请求太多。请稍等片刻再试。',
    en: 'There were too many requests in this minute. Wait a little, then try again.',
  },
  UNAVAILABLE: {
    zh: '服务器现在做不了：它不接收报告、等候的任务太多，或正在停止。请过一会儿再试。',
    en: 'The server cannot do this now: it takes no reports, has too many jobs waiting, or is stopping. Try again later.',
  },
  UNREADABLE: {
    zh: '读不出这个文件。请看下面的说明，换一种格式或另一份文件。',
    en: 'This file cannot be read. See below why, and give another format or file.',
  },
  TIMEOUT: {
    zh: '用时太久，服务器放弃了。请缩小范围，或过一会儿再试。',
    en: 'It took too long and was given up. Narrow it, or try again later.',
  },
  INTERNAL: {
    zh: '服务器出错了，原因在它的日志里。请再试一次；若仍不行，请告诉管理服务器的人。',
    en: 'The server failed; its log says why. Try again, and if it fails again tell those who run it.',
  },
}

const network: Words = {
  zh: '服务器没有应答：它可能已停止，或网络中断。请检查后再试。',
  en: 'The server does not answer: it may have stopped, or the network is down. See to it, then try again.',
}
const unknown: Words = {
  zh: '服务器没能照办，它说的见下。',
  en: 'The server could not do it; below is what it says.',
}

/** An error in readers' words, with the server's own and its code where it gave any. */
export type Explained = { sentence: Words; message?: string; code?: string }

/** Explains every error of an answer, each once. */
export function explain(error: Pick<CombinedError, 'graphQLErrors'> | undefined): Explained[] {
  const found = new Map<string, Explained>()
  for (const { message, extensions } of error?.graphQLErrors ?? []) {
    const code = typeof extensions?.code === 'string' ? extensions.code : undefined
    found.set(`${code} ${message}`, { sentence: problems[code ?? ''] ?? unknown, message, ...(code && { code }) })
  }
  return found.size > 0 ? [...found.values()] : [{ sentence: network }]
}

/** Explains the first error of an answer in one line, for where there is no room for more. */
export function inOneLine(error: Pick<CombinedError, 'graphQLErrors'> | undefined, language: keyof Words): string {
  const [{ sentence, message, code } = { sentence: network }] = explain(error)
  return [sentence[language], message && `“${message}”`, code].filter(Boolean).join(' ')
}
