import type { CombinedError } from 'urql'
import type { FileFault } from '../graphql/graphql'
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

/** What is wrong with a file that was to be loaded, and what to do. */
export const faults: Record<FileFault, Words> = {
  EMPTY: {
    zh: '文件是空的，里面没有文字。请检查原文件是否保存完整，再导入。',
    en: 'The file is empty: there is no text in it. See whether the original was saved whole, then load that.',
  },
  UNKNOWN_KIND: {
    zh: '不是蓝图能读的类型（如图片、表格、旧版 .doc 或 WPS 文件）。请另存为文本、网页、PDF 或 DOCX 再导入。',
    en: 'Lantu does not read files of this kind (such as images, spreadsheets, old .doc or WPS files). Save it as text, HTML, PDF or DOCX.',
  },
  TOO_LARGE: {
    zh: '文件太大（单份上限 64 MiB）。请按报告拆开，或去掉图片后再导入。',
    en: 'The file is too large (64 MiB each at most). Split it into its reports, or save it without images.',
  },
  TOO_MANY: {
    zh: '报告太多，超过一次能读的数量（一万份）。请分成几个压缩包，分几次导入。',
    en: 'There are more reports than are read at once (10,000). Split them into several archives.',
  },
  ENCODING: {
    zh: '认不出文字编码，或有字节不合编码规则，位置见下。请用编辑器打开确认没有乱码，另存为 UTF-8 再导入。',
    en: 'The text encoding is not known, or broken at the place told below. Open it in an editor, see that it reads well, and save it as UTF-8.',
  },
  NOT_CHINESE: {
    zh: '里面几乎没有中文，不像中文报告。请确认选对了文件；扫描件请先识别文字（OCR）。',
    en: 'Hardly any of it is Chinese. See whether it is the right file; of a scan, recognise the text (OCR) first.',
  },
  SCANNED: {
    zh: '这是扫描件：页面只有图像，没有文字。请先识别文字（OCR），再导入得到的 PDF 或文本。',
    en: 'It is a scan: its pages are images without text. Recognise its text (OCR), then load what comes out.',
  },
  ENCRYPTED: {
    zh: '文件加了密码。请打开后另存一份不带密码的，再导入。',
    en: 'It asks for a password. Save a copy without one, then load that.',
  },
  DAMAGED: {
    zh: '文件已损坏，打不开。请重新下载或重新保存一份再导入。',
    en: 'The file is damaged and cannot be opened. Get it again, or save it anew.',
  },
  TRUNCATED: {
    zh: '文件不完整，在内容结束之前就断了，位置见下。请重新下载完整的一份再导入。',
    en: 'The file is cut off before its content ends, at the place told below. Get the whole of it.',
  },
  NO_TEXT: {
    zh: '里面没有报告正文：只有网页导航，或页面没有文字。请保存报告本身的页面；若是图片，请先识别文字（OCR）。',
    en: 'There is no text of a report in it: only navigation, or pages without text. Save the page of the report itself; of images, recognise the text (OCR).',
  },
  NO_REPORTS: {
    zh: '压缩包里没有文本、网页、PDF 或 DOCX 文件。请确认选对了压缩包。',
    en: 'The archive holds no text, HTML, PDF or DOCX file. See whether it is the right one.',
  },
  NESTED_ARCHIVE: {
    zh: '压缩包里还套着压缩包。请先解开里面的这一个，再导入。',
    en: 'It is an archive inside an archive. Unpack it first, then load what is in it.',
  },
  OTHER: {
    zh: '读不出这个文件，原因见下。请换一种格式或另一份文件再导入。',
    en: 'This file cannot be read; below is why. Give another format or file.',
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
