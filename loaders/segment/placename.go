package segment

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// nationalities are what stands between the name and the unit of an
// autonomous place.
const nationalities = `(?:(?:蒙古|维吾尔|土家|哈尼|哈萨克|傈僳|高山|拉祜|东乡|纳西|景颇|柯尔克孜|达斡尔|仫佬|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|朝鲜|布依|各|回|藏|苗|彝|壮|满|侗|瑶|白|土|傣|黎|佤|畲|水|羌|怒|京)族?)`

var (
	autonomous = regexp.MustCompile(`^(.{2,}?)` + nationalities + `+自治[区州县旗]$`)
	// namesake takes those whose own name is a nationality's: 东乡族自治县.
	namesake   = regexp.MustCompile(`^(.{2,}?)族?自治[区州县旗]$`)
	ethnicTown = regexp.MustCompile(`^(.{2,}?)` + nationalities + `*民?族[乡镇]$`)
)

// shortUnits are the units that a short name goes without, by digits of the
// code.
var shortUnits = map[int][]string{
	2:  {"省", "市"},
	4:  {"市", "地区", "盟"},
	6:  {"新区", "林区", "特区", "市", "县", "旗", "区"},
	9:  {"街道", "地区", "镇", "乡", "苏木"},
	12: {"社区", "村", "嘎查"},
}

// shortNames returns the other names of a division: the name without its unit
// (朝阳 of 朝阳区, 恩施 of 恩施土家族苗族自治州), and the usual abbreviations of
// development zones. Names of one character are left out.
func shortNames(code, name string) []string {
	if strings.Contains(name, "族") || strings.Contains(name, "自治") {
		for _, pattern := range []*regexp.Regexp{autonomous, namesake, ethnicTown} {
			m := pattern.FindStringSubmatch(name)
			if m == nil {
				continue
			}
			switch stem := m[1]; {
			case strings.HasSuffix(name, "自治区"):
				if stem == "内蒙古" {
					return []string{stem, "内蒙"}
				}
				return []string{stem}
			case strings.Contains(name, "自治"): // 恩施州, 长阳县
				_, size := utf8.DecodeLastRuneInString(name)
				return []string{stem, stem + name[len(name)-size:]}
			default:
				return []string{stem}
			}
		}
	}
	for _, zone := range []struct{ long, short string }{
		{"高新技术产业开发区", "高新区"}, {"经济技术开发区", "经开区"}, {"经济开发区", "经开区"}, {"高新技术开发区", "高新区"},
	} {
		if stem, ok := strings.CutSuffix(name, zone.long); ok && stem != "" {
			return []string{stem + zone.short}
		}
	}
	// Codes from 70 on are areas of the statisticians: 镇江新区 is not 镇江.
	if len(code) == 6 && code[4] == '7' || strings.HasSuffix(name, "矿区") || strings.HasSuffix(name, "园区") && len(code) > 6 {
		return nil
	}
	for _, unit := range shortUnits[len(code)] {
		stem, ok := strings.CutSuffix(name, unit)
		// 朝阳新村 is not 朝阳新.
		if ok && utf8.RuneCountInString(stem) >= 2 && !strings.HasSuffix(stem, "新") {
			return []string{stem}
		}
	}
	return nil
}
