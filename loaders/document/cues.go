package document

import "regexp"

// The words that site furniture is known by, as data. A pattern is matched
// against a whole line whose white space has been taken out.

// furnitureCues mark a line as furniture wherever it stands outside the
// report's sentences.
var furnitureCues = patterns(
	// where the page is
	`您?(的|当前|现在|所在)?(的)?位置[:：].*`,
	`.*首页(>|》|›|»|/|-|\|).*`,
	`[^。；]{0,40}(>>|›|»|＞)[^。；]{0,80}`,
	`(首页|网站首页|返回首页|设为首页|加入收藏|收藏本(页|站)|无障碍(浏览|阅读)?|长者(模式|版)|繁体(版|中文)?|简体|English|登录|注册|RSS订?阅?|手机版|移动版|客户端|微信|微博)(\|.*)?`,
	// when, who, how often
	`((发布|更新|发文|成文|生成|编辑|制发|公开)?(时间|日期))[:：]?.{0,80}`,
	`\d{4}(-|/|\.)\d{1,2}(-|/|\.)\d{1,2}(日)?(\d{1,2}[:：]\d{2}([:：]\d{2})?)?([来稿]源[:：].*)?`,
	`\d{4}年\d{1,2}月\d{1,2}日\d{1,2}(时|[:：])\d{2}分?([:：]\d{2})?.{0,30}`,
	`(信息|文章|稿件|新闻)?(来源|稿源|出处)[:：].{0,40}`,
	`(文章)?(作者|撰稿|供稿(单位)?|发布(人|者|机构|单位)|发文(机关|单位)|公开(方式|形式|时限))[:：].{0,40}`,
	`(点击|阅读|浏览|访问|查看|评论|转发|点赞|人气)(次数|率|数|量)?[:：]\d*次?.{0,10}`,
	`(索引号?|文号|发文字号|主题(词|分类)|信息(分类|类别|索引|名称)|有效性|体裁(分类)?|内容分类|组配分类|标题|年份|关键[词字])[:：].{0,60}`,
	`索引号.{0,40}`,
	`(内容)?(摘要|提要|导读|概述|简介)[:：]?`,
	// how it looks
	`[【\[]?(字体|字号)(大小)?[:：].{0,20}`,
	`[【\[]?(大|中|小|默认|特大|A[+-]?)[】\]]?`,
	`[\[【(（]?(大中小|小中大)[\]】)）]?`,
	`[】\]]`,
	`[=＝\-—_*＊~·.]{4,}`,
	// page numbers of a print
	`[-—–－]+\d{1,4}[-—–－]+`,
	`第\d{1,4}页([,，/]?共\d{1,4}页)?`,
	`(相关)?附件[:：]?\d*[.、]?[^。]*\.(pdf|docx?|xlsx?|zip|rar|wps|ofd|jpe?g|png)`,
)

// closingCues also mark the line where a page's tail begins.
var closingCues = patterns(
	`分享(到|至|文章|本页)?[:：]?`,
	`(分享到|分享至)[:：]?.{0,40}`,
	`(QQ空间|新浪微博|腾讯微博|人人网|开心网|百度空间|和讯|天涯社区|豆瓣|微信(好友|朋友圈)?|朋友圈|Facebook|Twitter|LinkedIn)`,
	`(上|下|前|后)一(篇|条|页|则|章|个)[:：]?.{0,60}`,
	`相关(文章|链接|附件|新闻|阅读|信息|评论|推荐|稿件|报道|解读|文件|专题|内容)(>+)?[:：]?.{0,20}`,
	`本(栏|站|类|频道|栏目)(目)?(最新|推荐|热门|热点|排行).{0,10}`,
	`(阅读|点击|热门|浏览|文章|热点|新闻)(排行|排名)(榜)?`,
	`(热门|推荐|最新|精彩|图片)(文章|推荐|标签|新闻|阅读|信息|内容|资讯|图文)`,
	`(推荐|延伸|扩展)阅读[:：]?.{0,20}`,
	`(猜你喜欢|大家都在看|网友评论|发表评论|我来说两句|我要(纠错|评论|留言)|全部评论|暂无评论|查看更多|更多>*|展开全文|阅读全文)`,
	`标签(云)?[:：]?.{0,40}`,
	`[（(【\[]?(责任编辑|责编|网络编辑|编辑|审核|初审|复审|终审|校对|校审|监制|录入)[:：].{0,40}`,
	`.{0,8}(扫一扫|扫码|扫描二维码|二维码).{0,30}`,
	`[【\[]?(打印(本页|此页|文章|页面)?|关闭(窗口|本页|页面)?|打印[|/]?关闭|收藏(本页|文章)?|纠错|举报|返回(顶部|列表|上一页)?|回到?顶部|TOP|我要打印)[】\]]?`,
	`((主办|承办|协办|主管|运维)(单位|部门)?|(建设|维护)单位|技术支持)[:：].{0,60}`,
	`.{0,40}((ICP|icp)(备|证)|公网安备|网站标识码|政府网站找错).{0,60}`,
	`(网站地图|站点地图|联系我们|关于我们|网站声明|隐私(声明|保护)|使用帮助|友情链接)([|].*)?`,
	`(地址|邮编|邮政编码|电话|联系电话|传真|邮箱|电子邮箱)[:：].{0,60}`,
	`[0-9a-f]{16,}[:：]?`,
)

// disclaimers are the whole sentences among the closing cues.
var disclaimers = patterns(
	`(免责声明|版权(所有|声明)|特别声明|转载(请|须)).*`,
	`.{0,6}(本站|本网站?)(为|所|仅|转载|刊|不|对|注明|部分|内容|发布).*`,
	`凡(本网|本站|注明|未注明).*`,
)

// shortLeftovers are what furniture leaves on lines of its own: counters, dates
// of links, single signs.
var shortLeftovers = patterns(
	`\d{1,7}`,
	`[\[【(（]?\d{1,2}[-/.月]\d{1,2}日?[\]】)）]?`,
	`[\[【(（]?\d{4}[-/.年]\d{1,2}([-/.月]\d{1,2}日?)?[\]】)）]?`,
	`[|/>»•·\-—]+`,
)

// linkTitle is how the titles of other pages look.
var linkTitle = regexp.MustCompile(`^.{0,60}(报告|公报|公告|通知|决议|公示|解读|会议|全文|实录|名单|办法|意见)([（(].{0,12}[)）])?$`)

// patterns compiles each expression to match a whole line.
func patterns(expressions ...string) []*regexp.Regexp {
	out := make([]*regexp.Regexp, len(expressions))
	for i, e := range expressions {
		out[i] = regexp.MustCompile(`^(?:` + e + `)$`)
	}
	return out
}

func matchAny(cues []*regexp.Regexp, s string) bool {
	for _, c := range cues {
		if c.MatchString(s) {
			return true
		}
	}
	return false
}
