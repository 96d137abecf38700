"""Words the invented town is made of: every name says 示例, so that none is taken for a real one."""

from typing import NamedTuple


class Product(NamedTuple):
    """What a project makes: its word in the name, what is built, and the range of the yearly output."""

    word: str
    content: str
    low: int
    high: int


class Origin(NamedTuple):
    """Where an investor comes from: in full, as clerks shorten it, the level seen from the town."""

    full: str
    short: str
    level: str


SECTORS = {"new_energy": "新能源", "new_materials": "新材料", "modern_textiles": "现代纺织", "other": "其他"}
# Of twenty projects: eight, five, four and three.
SECTOR_DRAWS = ("new_energy",) * 8 + ("new_materials",) * 5 + ("modern_textiles",) * 4 + ("other",) * 3

PRODUCTS = {
    "new_energy": (
        Product("光伏组件", "年产{n}兆瓦光伏组件生产线及配套厂房", 20, 200),
        Product("多晶硅切片", "年产{n}万片太阳能级硅片", 500, 4000),
        Product("锂离子动力电池", "年产{n}万安时锂离子动力电池", 500, 5000),
        Product("太阳能集热器", "年产{n}万平方米太阳能集热器", 5, 60),
        Product("光伏逆变器", "年产{n}台光伏并网逆变器", 800, 9000),
        Product("风电塔筒", "年产{n}套兆瓦级风电塔筒", 50, 300),
        Product("储能蓄电池", "年产{n}万千伏安时储能蓄电池", 20, 200),
        Product("生物质颗粒燃料", "年产{n}万吨生物质颗粒燃料", 1, 12),
    ),
    "new_materials": (
        Product("玻璃钢储罐", "年产{n}台玻璃钢储罐", 300, 3000),
        Product("碳纤维复合材料", "年产{n}吨碳纤维复合材料制品", 100, 900),
        Product("特种陶瓷部件", "年产{n}万件特种陶瓷部件", 20, 300),
        Product("改性工程塑料", "年产{n}吨改性工程塑料", 2000, 20000),
        Product("电池隔膜", "年产{n}万平方米锂电池隔膜", 500, 6000),
        Product("稀土永磁材料", "年产{n}吨稀土永磁材料", 200, 2000),
        Product("气凝胶绝热材料", "年产{n}立方米气凝胶绝热材料", 2000, 20000),
        Product("电解铜箔", "年产{n}吨高精度电解铜箔", 500, 6000),
    ),
    "modern_textiles": (
        Product("差别化纤维", "年产{n}吨差别化涤纶长丝", 5000, 50000),
        Product("锦纶长丝", "年产{n}吨锦纶长丝", 2000, 20000),
        Product("经编面料", "年产{n}万米高档经编面料", 300, 3000),
        Product("家纺面料织造", "年产{n}万米家纺面料，喷水织机及后整理设备", 300, 4000),
        Product("水刺无纺布", "年产{n}吨水刺无纺布", 2000, 15000),
        Product("针织服装", "年产{n}万件针织服装", 50, 600),
    ),
    "other": (
        Product("工程机械配件", "年产{n}万套工程机械配件", 1, 30),
        Product("竹笋食品加工", "年产{n}吨竹笋制品", 1000, 9000),
        Product("五金工具制造", "年产{n}万件五金工具", 50, 900),
        Product("物流仓储中心", "建设仓储用房{n}平方米", 8000, 60000),
        Product("粮油机械", "年产{n}台粮油机械", 200, 3000),
    ),
}
NAME_ENDINGS = ("项目", "生产项目", "生产线项目", "扩建项目", "产业化项目")
COMPANY_WORDS = {
    "new_energy": ("新能源有限公司", "光电科技有限公司", "电源有限公司"),
    "new_materials": ("新材料有限公司", "复合材料有限公司", "科技有限公司"),
    "modern_textiles": ("纺织有限公司", "化纤集团有限公司", "纺织品有限公司"),
    "other": ("实业有限公司", "投资有限公司", "机械有限公司"),
}
TRADE_FIRST = "晨瑞恒卓启锦泰沃朗博辰嘉屹凌"
TRADE_SECOND = "源丰禾拓润景岳川洋霖"

HOME_ORIGINS = (
    Origin("上海市", "上海", "out_of_province"),
    Origin("上海市青浦区", "上海青浦", "out_of_province"),
    Origin("江苏省苏州市", "江苏苏州", "out_of_province"),
    Origin("江苏省无锡市", "江苏无锡", "out_of_province"),
    Origin("安徽省宣城市", "安徽宣城", "out_of_province"),
    Origin("广东省深圳市", "广东深圳", "out_of_province"),
    Origin("福建省泉州市", "福建泉州", "out_of_province"),
    Origin("北京市", "北京", "out_of_province"),
    Origin("浙江省杭州市", "杭州", "out_of_city"),
    Origin("浙江省杭州市萧山区", "萧山", "out_of_city"),
    Origin("浙江省绍兴市", "绍兴", "out_of_city"),
    Origin("浙江省嘉兴市", "嘉兴", "out_of_city"),
    Origin("浙江省温州市", "温州", "out_of_city"),
    Origin("浙江省湖州市安吉县", "安吉", "out_of_county"),
    Origin("浙江省湖州市德清县", "德清", "out_of_county"),
    Origin("浙江省湖州市长兴县", "长兴", "local"),
)
OVERSEAS = {
    "USD": (
        Origin("美国", "美国", "overseas"),
        Origin("日本", "日本", "overseas"),
        Origin("德国", "德国", "overseas"),
        Origin("新加坡", "新加坡", "overseas"),
    ),
    "HKD": (Origin("中国香港", "香港", "overseas"),),
}
STATIONS = ("杭州", "上海", "无锡", "苏州", "深圳")
METHODS = ("驻点招商", "以商引商", "委托招商", "小分队招商", "节会招商", "全民招商", "产业链招商")
DUTY_HOLDERS = ("专员甲", "专员乙", "专员丙", "专员丁", "专员戊", "专员己")

# As clerks write it. The second form may name the next step as planned; that step is not yet reached.
STAGE_WORDS = {
    "lead": ("线索", "初步接触", "项目信息线索，待对接"),
    "negotiating": ("在谈", "洽谈中", "正在洽谈", "深度洽谈"),
    "signed": ("已签约", "签约", "已正式签订协议", "已签订投资协议"),
    "registered": ("已注册", "已完成工商注册", "公司已注册登记"),
    "approval": ("正在报批", "项目报批", "已正式签订协议，进入项目报批", "立项报批中"),
    "landed": ("已落户园区", "已落户", "项目落地", "已落地，土地平整中"),
    "started": ("已开工", "已开工（主体施工）", "已开工，厂房在建", "开工建设"),
    "completed": ("竣工", "已竣工", "厂房竣工，设备安装", "已竣工验收"),
    "production": ("投产", "已投产", "已投产（试生产）", "投产运营"),
    "capacity": ("达产", "已达产", "达产达效"),
    "terminated": ("终止", "项目终止", "已终止（投资方退出）"),
}

VISITORS = (
    "示例商会考察团",
    "示例投资集团考察组",
    "示例机械行业协会",
    "示例纺织企业家一行",
    "示例光电公司考察组",
)
HOSTS = ("镇长", "分管副镇长", "招商办主任", "园区办主任", *DUTY_HOLDERS)
RECRUITERS = ("招商员甲", "招商员乙", "招商员丙", "招商员丁", "招商员戊", "招商员己", "招商员庚", "招商员辛")
ADVISERS = ("顾问甲", "顾问乙", "顾问丙")
RECRUITER_KINDS = {"full_time": "专职", "leader": "领导", "adviser": "招商顾问"}
PAYERS = {"public": "财政", "private": "企业自筹"}
PLATFORM = {
    "道路": ("示例园区一号路", "示例园区二号路延伸段", "示例大道拓宽"),
    "标准厂房": ("标准厂房示例1号楼", "标准厂房示例2号楼"),
    "土地平整": ("示例园区三期地块平整", "示例北侧地块平整"),
    "管网": ("示例园区雨污管网", "示例园区供热管线"),
}
