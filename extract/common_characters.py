"""The characters most Chinese official prose is made of, and their share in a text.

Decoding Chinese bytes with the wrong codec rarely fails: it gives other, rarer characters. About
nine in ten characters of real prose are in this list, against about one in ten of wrongly decoded
prose, so the share tells right from wrong.
"""

from __future__ import annotations

import re

SIMPLIFIED = (
    "一七万三上下不与专且世业东两严个中为主举么义之九也习乡书了予争事二于五些交产京亲人什今从他代以们件价任企众会传但位低住体何作你使例供依便促保信候值做健儿元先光克"
    "党入全八公六共关其具养内再写军农决况准减几出函分切划列则创利别到制前力办加务动助劳勾包化北区十千升半华协单南博印即却厂厅历压原去县参又及反发取受变口只叫可台史"
    "号各合同名后向听告员周命和品响商善器四回因团围国图圆土在地场均坚型域基增声处备复外多够大天太头她好如始委子存学它安完官定实审室家容密对导将小少就局层展属山州工"
    "己已市布带常干平年并广庆序应府废度建开式引张强当录形影彻往很律得微心必志快态思性总息情想意感成我或战户所手才扎打执技把投护报拉括持指按据接推措提支收改放政效教"
    "数整文斗料断斯新方施族无日时明易是更最月有服期未本术机权条来极构林果查标栏样核根格案档次止正此步段每比毛民气水求江没油治法注活派流济海消涉深清渠温湖满火点热然"
    "照片版物特状率王现理生用由申电界白百的益监目直相省看真眼着督知石矿研确示社神离种科秘积称程稳稽究空立站章第等答策简算管米类精系素紧纠红约级线组细织经结绕给统维"
    "编网罚置署美群老考者而职联育能自至般色节花范落行街表被装西要见观规视角解计认议记许论讼设访证识诉话询该说请读谁调象负责质购贯费资走起越路身车转较输边达过运近还"
    "这进连送适选通速造道那部都酸采里重量金铁镇长门问间队阳阶际限院除障难集需青非面革音项须预领题额风马验高"
)
TRADITIONAL = (
    "並來個們備傳價兒內兩別則創劃動務勞區協卻參員問單嚴國圍圓圖團執堅報場壓夠學實審寫將專對導層屬帶幹幾廠廢廣廳張強後從復徹態慶應戰戶採據數斷於時書會東條業極構標"
    "樣機檔欄權歷氣決沒況減準溫滿濟無熱爭爲為狀現產當發監確礦祕秘種稱積穩節範簡糾約紅級細組結給統經維網緊線編縣總織繞罰羣群義習聯聲職聽臺與舉華萬處號衆眾術裏裡裝"
    "見規視親觀計記訟訪設許訴詢話該認說誰調請論證識議護讀變負貫責費質資購車軍較輸轉農這連進運過達適選還邊鄉錄鎮鐵長門開間關陽隊階際離難電響項須預領頭題額類風養馬"
    "體鬥麼點黨訊資息減們價專"
)
FONT_NAMES = "微软雅黑宋体仿楷"
"""In web pages made by Word the names of fonts outweigh the prose."""

PUNCTUATION = "、。，．；：？！（）《》〈〉【】「」『』〔〕“”‘’—…·％＋－—／～×〇"

COMMON = frozenset(SIMPLIFIED + TRADITIONAL + FONT_NAMES + PUNCTUATION)

_FOREIGN = re.compile(r"[^\x00-\x7f\s]+")
_SAMPLE = 50_000


def common_share(text: str) -> float:
    """The share of common characters among those outside ASCII and white space; 0.0 if none are.

    Full-width digits and letters count as common. Judged on the first 50,000 such characters.
    """
    foreign = ""
    for found in _FOREIGN.finditer(text):
        foreign += found.group()
        if len(foreign) >= _SAMPLE:
            break
    if not foreign:
        return 0.0
    common = sum(char in COMMON or "\uff10" <= char <= "\uff5a" for char in foreign)
    return common / len(foreign)
