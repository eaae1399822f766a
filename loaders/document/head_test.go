package document

import (
	"strings"
	"testing"

	"github.com/lantu-kg/lantu/schema"
)

// body follows the heads of these tests; it names neither region nor year.
const body = "\n一年来，全县上下团结一心，经济运行稳中有进，民生持续改善，各项事业取得新的进步。\n"

func TestReadHead(t *testing.T) {
	for _, test := range []struct {
		name string
		text string
		want schema.Report
	}{
		{
			"plain",
			"政府工作报告\n——2021年2月3日在松溪县第七届人民代表大会第六次会议上\n松溪县人民政府县长　沈明\n各位代表：\n现在，我代表县人民政府，向大会报告工作。",
			schema.Report{Title: "政府工作报告", Region: "松溪县", Issuer: "松溪县人民政府", Speaker: "沈明", Post: "县长",
				Meeting: "松溪县第七届人民代表大会第六次会议", Date: "2021-02-03", Period: schema.Period{From: "2020", To: "2020"}, Aim: schema.Period{From: "2021", To: "2021"}},
		},
		{
			"letter-spaced, in brackets",
			"政　府　工　作　报　告\n（2019年3月12日在青河市北岸区第四届人民代表大会第二次会议上）\n青河市北岸区人民政府代区长　　马　骏\n各位代表：\n现在，我代表北岸区人民政府作工作报告。",
			schema.Report{Title: "政府工作报告", Region: "青河市北岸区", Issuer: "青河市北岸区人民政府", Speaker: "马骏", Post: "代区长",
				Meeting: "青河市北岸区第四届人民代表大会第二次会议", Date: "2019-03-12", Period: schema.Period{From: "2018", To: "2018"}, Aim: schema.Period{From: "2019", To: "2019"}},
		},
		{
			"glued into one line",
			"政府工作报告——2024年2月20日在松溪市第五届人民代表大会第四次会议上松溪市人民政府市长欧阳文清\n各位代表：现在，我代表市人民政府，向大会报告工作。",
			schema.Report{Title: "政府工作报告", Region: "松溪市", Issuer: "松溪市人民政府", Speaker: "欧阳文清", Post: "市长",
				Meeting: "松溪市第五届人民代表大会第四次会议", Date: "2024-02-20", Period: schema.Period{From: "2023", To: "2023"}, Aim: schema.Period{From: "2024", To: "2024"}},
		},
		{
			"greeting glued too",
			"2024年松溪县政府工作报告2024年2月20日在松溪县第五届人民代表大会第四次会议上松溪县县长沈明同志作政府工作报告。各位代表：现在，我代表县人民政府，向大会报告工作。",
			schema.Report{Title: "2024年松溪县政府工作报告", Region: "松溪县", Issuer: "松溪县人民政府", Speaker: "沈明", Post: "县长",
				Meeting: "松溪县第五届人民代表大会第四次会议", Date: "2024-02-20", Period: schema.Period{From: "2023", To: "2023"}, Aim: schema.Period{From: "2024", To: "2024"}},
		},
		{
			"meeting over two lines, no title",
			"2022年1月5日在云岭县第九届\n人民代表大会第一次会议上\n云岭县县长 林知远\n各位代表：\n现在，我代表县人民政府，向大会报告工作，请予审议。",
			schema.Report{Title: "云岭县2022年政府工作报告", Region: "云岭县", Issuer: "云岭县人民政府", Speaker: "林知远", Post: "县长",
				Meeting: "云岭县第九届人民代表大会第一次会议", Date: "2022-01-05", Period: schema.Period{From: "2021", To: "2021"}, Aim: schema.Period{From: "2022", To: "2022"}},
		},
		{
			"meeting without region",
			"政府工作报告\n—— 2020年1月8日在市九届人民代表大会第五次会议上\n松溪市人民政府代市长 艾力·买买提\n各位代表：\n现在，我代表市政府向大会报告工作。",
			schema.Report{Title: "政府工作报告", Region: "松溪市", Issuer: "松溪市人民政府", Speaker: "艾力·买买提", Post: "代市长",
				Meeting: "松溪市九届人民代表大会第五次会议", Date: "2020-01-08", Period: schema.Period{From: "2019", To: "2019"}, Aim: schema.Period{From: "2020", To: "2020"}},
		},
		{
			"name alone, post in the caption",
			"2023年云东省政府工作报告\n——2023年1月12日在云东省第十三届人民代表大会第一次会议上\n沈知秋\n1月12日，省长沈知秋作政府工作报告。云东日报记者 何川 摄\n各位代表：\n现在，我代表省人民政府，向大会报告工作。",
			schema.Report{Title: "2023年云东省政府工作报告", Region: "云东省", Issuer: "云东省人民政府", Speaker: "沈知秋", Post: "省长",
				Meeting: "云东省第十三届人民代表大会第一次会议", Date: "2023-01-12", Period: schema.Period{From: "2022", To: "2022"}, Aim: schema.Period{From: "2023", To: "2023"}},
		},
		{
			"Chinese numerals, speaker first",
			"云岭县人民政府工作报告\n云岭县县长　林知远\n（二〇一八年一月二十三日在云岭县第八届人民代表大会第三次会议上）\n各位代表：\n现在，我代表县人民政府，向大会报告工作。",
			schema.Report{Title: "云岭县人民政府工作报告", Region: "云岭县", Issuer: "云岭县人民政府", Speaker: "林知远", Post: "县长",
				Meeting: "云岭县第八届人民代表大会第三次会议", Date: "2018-01-23", Period: schema.Period{From: "2017", To: "2017"}, Aim: schema.Period{From: "2018", To: "2018"}},
		},
		{
			"autonomous region",
			"政府工作报告\n——2023年1月14日在云南北自治区第十三届人民代表大会第一次会议上\n自治区主席 央宗\n各位代表：\n现在，我代表自治区人民政府，向大会报告工作。",
			schema.Report{Title: "政府工作报告", Region: "云南北自治区", Issuer: "云南北自治区人民政府", Speaker: "央宗", Post: "主席",
				Meeting: "云南北自治区第十三届人民代表大会第一次会议", Date: "2023-01-14", Period: schema.Period{From: "2022", To: "2022"}, Aim: schema.Period{From: "2023", To: "2023"}},
		},
		{
			"plan and budget of a bureau, title over two lines",
			"关于松溪县2022年国民经济和社会发展计划\n执行情况与2023年国民经济和社会发展计划（草案）的报告\n——2023年1月6日在松溪县第八届人民代表大会第二次会议上\n松溪县发展和改革局局长 顾长风\n各位代表：\n受县人民政府委托，现将有关情况报告如下。",
			schema.Report{Title: "关于松溪县2022年国民经济和社会发展计划执行情况与2023年国民经济和社会发展计划（草案）的报告", Region: "松溪县", Issuer: "松溪县发展和改革局",
				Speaker: "顾长风", Post: "松溪县发展和改革局局长", Meeting: "松溪县第八届人民代表大会第二次会议", Date: "2023-01-06",
				Period: schema.Period{From: "2022", To: "2022"}, Aim: schema.Period{From: "2023", To: "2023"}},
		},
		{
			"half a year, before a standing committee",
			"关于北岸区2023年上半年国民经济和社会发展计划执行情况的报告\n——2023年8月22日在青河市北岸区第五届人民代表大会常务委员会第十二次会议上\n北岸区发展和改革委员会主任 孟达\n主任、各位副主任、各位委员：\n受区政府委托，我向区人大常委会报告计划执行情况。",
			schema.Report{Title: "关于北岸区2023年上半年国民经济和社会发展计划执行情况的报告", Region: "青河市北岸区", Issuer: "北岸区发展和改革委员会",
				Speaker: "孟达", Post: "北岸区发展和改革委员会主任", Meeting: "青河市北岸区第五届人民代表大会常务委员会第十二次会议", Date: "2023-08-22",
				Period: schema.Period{From: "2023-01", To: "2023-06"}},
		},
		{
			"title only in the opening sentence",
			"——2021年11月30日在北岸区第五届人民代表大会常务委员会第二次会议上\n北岸区财政局局长 孟达\n主任、各位副主任、各位委员：\n受区政府委托，我向区人大常委会报告2020年预算审查意见的落实情况，请予审议。",
			schema.Report{Title: "关于2020年预算审查意见的落实情况的报告", Region: "北岸区", Issuer: "北岸区财政局",
				Speaker: "孟达", Post: "北岸区财政局局长", Meeting: "北岸区第五届人民代表大会常务委员会第二次会议", Date: "2021-11-30",
				Period: schema.Period{From: "2020", To: "2020"}},
		},
		{
			"nothing but a title",
			"云岭县2017年政府工作报告\n各位代表：\n现在，我代表县人民政府，向大会报告工作。",
			schema.Report{Title: "云岭县2017年政府工作报告", Region: "云岭县", Issuer: "云岭县人民政府", Date: "2017",
				Period: schema.Period{From: "2016", To: "2016"}, Aim: schema.Period{From: "2017", To: "2017"}},
		},
		{
			"congress at the year's end",
			"政府工作报告\n——2021年12月28日在松溪县第八届人民代表大会第一次会议上\n松溪县县长 沈明（女）\n各位代表：\n现在，我代表县人民政府，向大会报告工作。",
			schema.Report{Title: "政府工作报告", Region: "松溪县", Issuer: "松溪县人民政府", Speaker: "沈明", Post: "县长",
				Meeting: "松溪县第八届人民代表大会第一次会议", Date: "2021-12-28", Period: schema.Period{From: "2021", To: "2021"}, Aim: schema.Period{From: "2022", To: "2022"}},
		},
		{
			"no head at all",
			"关于本县茶园的几点情况",
			schema.Report{},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := mustRead(t, []byte(test.text+body)).Report
			got = schema.Report{Title: got.Title, Region: got.Region, Issuer: got.Issuer, Speaker: got.Speaker, Post: got.Post,
				Meeting: got.Meeting, Date: got.Date, Period: got.Period, Aim: got.Aim}
			if got != test.want {
				t.Errorf("got  %+v\nwant %+v", got, test.want)
			}
		})
	}
}

func TestNumerals(t *testing.T) {
	for in, want := range map[string]int{"7": 7, "十": 10, "十二": 12, "二十": 20, "二十三": 23, "三十一": 31, "〇八": 8, "x": -1} {
		if got := number(in); got != want {
			t.Errorf("number(%s) = %d, want %d", in, got, want)
		}
	}
	for in, want := range map[string]string{"二〇二二": "2022", "２０２３": "2023", "二○二五": "2025", "二0二五": "2025", "0012": ""} {
		if got := year(in); got != want {
			t.Errorf("year(%s) = %s, want %s", in, got, want)
		}
	}
}

func TestPageTitle(t *testing.T) {
	for in, want := range map[string]string{
		"2023年云岭县政府工作报告_云岭县人民政府": "2023年云岭县政府工作报告",
		"云岭县人民政府 - 政府工作报告":       "政府工作报告",
		"云岭县人民政府门户网站":            "",
	} {
		if got := cleanPageTitle(in); got != want {
			t.Errorf("%s: got %s", in, got)
		}
	}
	text := strings.TrimPrefix(sample, "政府工作报告\n")
	page := "<html><head><title>云岭县2023年政府工作报告-云岭县政府网</title></head><body><p>" + strings.ReplaceAll(text, "\n", "</p>\n<p>") + "</p></body></html>"
	if got := mustRead(t, []byte(page)).Report.Title; got != "云岭县2023年政府工作报告" {
		t.Errorf("got %s", got)
	}
}
