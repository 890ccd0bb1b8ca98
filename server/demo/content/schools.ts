/** Schools of the demonstration. The names are invented; counties are GB/T 2260 codes of `db/dictionaries/regions.csv`. */
export interface DemoSchool {
  key: string;
  name: string;
  county: string;
  kind: "primary" | "nine_year" | "teaching_point";
  locale: "urban" | "town" | "rural";
  remote: boolean;
  smallRural: boolean;
}

export const demoSchools: readonly DemoSchool[] = [
  urban("tinglu", "杭州市听橹小学", "330105"),
  urban("chapo", "杭州市西湖区茶坡小学", "330106"),
  urban("chaosheng", "杭州市萧山区潮声小学", "330109"),
  town("sangying", "杭州市临平区桑影小学", "330113"),
  town("wupeng", "建德市乌篷小学", "330182"),
  rural("qianyu", "淳安县千屿中心小学", "330127", { remote: true }),
  urban("zhiyue", "宁波市鄞州区织月小学", "330212"),
  rural("yudeng", "象山县渔灯岛小学", "330225", { remote: true, smallRural: true }),
  town("meiwu", "慈溪市梅坞小学", "330282"),
  { ...rural("langqiao", "泰顺县廊桥坞九年一贯制学校", "330329", { remote: true }), kind: "nine_year" },
  teachingPoint("yunding", "文成县云顶教学点", "330328"),
  town("yanyu", "乐清市雁语小学", "330382"),
  rural("wangjiao", "温州市洞头区望礁小学", "330305", { remote: true }),
  town("yantiandai", "海盐县盐田埭小学", "330424"),
  town("canyue", "桐乡市蚕月小学", "330483"),
  rural("zhuliwu", "安吉县竹里坞中心小学", "330523"),
  rural("chalong", "新昌县茶垄小学", "330624"),
  town("zhuhu", "诸暨市珠湖小学", "330681"),
  rural("yaogu", "磐安县药谷小学", "330727", { remote: true }),
  urban("tangfang", "义乌市糖坊小学", "330782"),
  rural("qianyuan", "开化县钱源中心小学", "330824", { remote: true }),
  teachingPoint("shiliwu", "江山市十里坞教学点", "330881"),
  rural("tingchao", "舟山市普陀区听潮小学", "330903", { remote: true }),
  teachingPoint("dengta", "嵊泗县灯塔礁教学点", "330922"),
  town("dingzhou", "舟山市定海区汀洲小学", "330902"),
  rural("yangmeixi", "仙居县杨梅溪小学", "331024"),
  rural("qingxie", "三门县青蟹湾小学", "331022", { remote: true, smallRural: true }),
  rural("shege", "景宁畲族自治县畲歌民族小学", "331127", { remote: true }),
  teachingPoint("yunwuao", "景宁畲族自治县云雾坳教学点", "331127"),
  { ...rural("shanhai", "景宁畲族自治县山海协作乡村寄宿制九年一贯制实验学校", "331127", { remote: true }), kind: "nine_year" },
  rural("xianggu", "庆元县香菇坪小学", "331126", { remote: true, smallRural: true }),
  rural("yunti", "云和县云梯小学", "331125", { remote: true }),
  town("ciyuan", "龙泉市瓷源小学", "331181"),
];

function urban(key: string, name: string, county: string): DemoSchool {
  return { key, name, county, kind: "primary", locale: "urban", remote: false, smallRural: false };
}

function town(key: string, name: string, county: string): DemoSchool {
  return { ...urban(key, name, county), locale: "town" };
}

function rural(key: string, name: string, county: string, tags: { remote?: true; smallRural?: true } = {}): DemoSchool {
  return { ...urban(key, name, county), locale: "rural", remote: tags.remote ?? false, smallRural: tags.smallRural ?? false };
}

function teachingPoint(key: string, name: string, county: string): DemoSchool {
  return { ...rural(key, name, county, { remote: true, smallRural: true }), kind: "teaching_point" };
}
