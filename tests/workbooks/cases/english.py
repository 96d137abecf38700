"""Project lists in English."""

from workbooks.case import Case, Sheet

CASES = [
    Case(
        name="english_approved_projects",
        about="List of approved foreign projects: cost in US$ million, approval date, status.",
        sheets=[
            Sheet(
                "Approved projects",
                """
Foreign Investment Projects Approved, Fiscal Year 2019
S.N. | Project Name | Investor | Country of Origin | Sector | Total cost (US$ million) | Approval date | Status
1 | Upper Khola hydropower | Sichuan Hydro Overseas | China | Energy | 145.5 | 2019-02-14 | Under construction
2 | Hilltop cement | Anhui Conch Trading | China | Manufacturing | 60 | 2019-03-02 | Approved
3 | Valley garments | Seoul Textile Co. | South Korea | Textiles | 4.25 | 2019-07-19 | Operational
Total | | | | | =SUM(F3:F5) -> 209.75 | |
""",
                merged="A1:H1",
            )
        ],
        projects="""
name | investor | origin | origin_level | total_investment_10k | currency | stage
Upper Khola hydropower | Sichuan Hydro Overseas | China | | 14550 | USD | started
Hilltop cement | Anhui Conch Trading | China | | 6000 | USD | approval
Valley garments | Seoul Textile Co. | South Korea | overseas | 425 | USD | production
""",
        totals=[("F6", True)],
        allowed=("ambiguous_sector",),
        fields={
            "A": "seq",
            "B": "name",
            "C": "investor",
            "D": "origin",
            "E": "sector",
            "F": "total_investment",
            "H": "stage",
        },
    ),
    Case(
        name="english_quantity_in_millions",
        about="Transactions by Year and Month; the currency of Quantity in Millions stands in the title.",
        file="english_quantity_in_millions.csv",
        made_as="csv:utf-8-sig:,",
        sheets=[
            Sheet(
                "csv",
                """
Outward investment tracker (all amounts in US dollars)
Year | Month | Investor | Quantity in Millions | Share Size | Project Name | Sector | Subsector | Country | Region | Greenfield
2014 | January | Lotus Holdings | $1,300 | '100% | Harbour logistics park | Transport | Shipping | Sri Lanka | West Asia | G
2014 | March | Huaxin Solar | $210 | '51% | Desert solar farm | Energy | Alternative | Chile | South America | G
2014 | September | Jiangnan Yarns | $90 | | Carolina spinning mill | Textiles | | USA | USA | G
""",
            )
        ],
        projects="""
name | investor | total_investment_10k | currency | sector
Harbour logistics park | Lotus Holdings | 130000 | USD | other
Desert solar farm | Huaxin Solar | 21000 | USD |
Carolina spinning mill | Jiangnan Yarns | 9000 | USD | modern_textiles
""",
        fields={"C": "investor", "D": "total_investment", "F": "name", "G": "sector"},
    ),
    Case(
        name="english_capex_and_jobs",
        about="A greenfield monitor: capex, jobs, source country, month of announcement as a real date.",
        sheets=[
            Sheet(
                "Projects",
                """
Project ID | Project title | Parent company | Source country | Announced | Capex (USD m) | Jobs | Land (ha)
GF-0012 | Wind tower plant | Nordvind A/S | Denmark | d:2018-05-01 | 35.0 | 320 | 12
GF-0013 | Carbon fibre line | Toho Composites | Japan | d:2018-06-01 | 110.4 | 150 | 8.5
GF-0019 | Shared service centre | Bluepeak Inc. | United States | d:2018-11-01 | n/a | 600 |
""",
            )
        ],
        projects="""
name | project_code | investor | origin_level | total_investment_10k | currency | n_jobs | land_mu
Wind tower plant | GF-0012 | Nordvind A/S | overseas | 3500 | USD | 320 | 180
Carbon fibre line | GF-0013 | Toho Composites | overseas | 11040 | USD | 150 | 127.5
Shared service centre | GF-0019 | Bluepeak Inc. | overseas | None | | 600 | None
""",
        fields={"A": "project_code", "B": "name", "C": "investor", "D": "origin", "F": "total_investment"},
    ),
    Case(
        name="english_mou_list",
        about="Investment committed and realised in RMB million, signed on dates as people write them.",
        file="english_mou_list.xls",
        sheets=[
            Sheet(
                "Sheet1",
                """
LIST OF SIGNED PROJECTS
As of 30 June 2015
(RMB million)
No. | Name of project | Name of investor | Contracted amount | Paid-in capital | Date of signing | Progress
1 | Auto wiring harness | Kansai Denso | 120 | 45 | 12 March 2015 | Construction started
2 | Medical nonwovens | Berry Nonwoven GmbH | 86.5 | 0 | 5 May 2015 | Signed
 | Subtotal | | 206.5 | 45 | |
""",
                merged="A1:G1 A2:G2 A3:G3",
            )
        ],
        projects="""
name | investor | signed_10k | signed_currency | signed_on | signed_precision | stage | sector
Auto wiring harness | Kansai Denso | 12000 | CNY | 2015-03-12 | day | started | other
Medical nonwovens | Berry Nonwoven GmbH | 8650 | CNY | 2015-05-05 | day | signed | modern_textiles
""",
        funding="""
name | kind | amount_10k | currency
Auto wiring harness | arrived | 4500 | CNY
Medical nonwovens | arrived | 0 | CNY
""",
        totals=[("D7", True), ("E7", True)],
    ),
    Case(
        name="bilingual_headers",
        about="Chinese with English below it in the same cell.",
        sheets=[
            Sheet(
                "项目 Projects",
                """
2018年外商投资项目 FDI Projects 2018
项目名称⏎Project | 外方投资者⏎Foreign investor | 国别⏎Country | 投资总额⏎Total investment⏎(US$10,000) | 合同外资⏎Contracted FDI⏎(US$10,000) | 实际使用外资⏎Utilized FDI⏎(US$10,000)
香精香料 | 芬美意香料 | 瑞士 | 3000 | 1500 | 600
液压马达 | 丹弗传动 | 丹麦 | 4500 | 4500 | 1200
合计 Total | | | 7500 | 6000 | 1800
""",
                merged="A1:F1",
            )
        ],
        projects="""
name | investor | origin | origin_level | total_investment_10k | currency | signed_10k | signed_currency
香精香料 | 芬美意香料 | 瑞士 | overseas | 3000 | USD | 1500 | USD
液压马达 | 丹弗传动 | 丹麦 | overseas | 4500 | USD | 4500 | USD
""",
        funding="""
name | kind | amount_10k | currency
香精香料 | arrived | 600 | USD
液压马达 | arrived | 1200 | USD
""",
        totals=[("D5", True), ("E5", True), ("F5", True)],
    ),
]
