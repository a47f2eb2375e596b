"""Answers that say there is nothing to say: "none", "n/a", "don't know", "nichts Neues", "rien à signaler".

Left in, they become a topic of their own. A text says nothing if it has no letter, or if every word of it stands in the
list of one language below and one of them is a word that denies. Whole answers are meant, so the lists hold little: "no
time" and "nothing works" tell something.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.market.plain import WORD

DENY = {
    "en": "none nothing no nope na nil null nah dunno unsure n a don't dont not can't cannot never unknown tbd xxx blank",
    "de": "keine keiner keins kein nichts nix nein entfällt weiß weiss nicht k",
    "fr": "rien aucun aucune non néant sans ras sais pas nsp",
    "es": "nada ninguno ninguna ningún no sé se ns",
    "pt": "nada nenhum nenhuma não nao sei",
    "it": "niente nulla nessuno nessuna nessun no so non",
    "nl": "geen niets niks nee nvt weet niet",
    "sv": "inget inga ingen ingenting nej vet inte ej",
    "da": "intet ingen ingenting nej ved ikke",
    "no": "ingenting ingen intet nei vet ikke",
    "fi": "ei mitään en tiedä",
    "pl": "nic brak nie wiem żaden żadne",
    "cs": "nic žádné nevím ne",
    "tr": "yok hiçbir hiç hayır bilmiyorum",
    "ru": "нет ничего не знаю никаких",
    "uk": "немає нічого не знаю ні",
    "zh": "没 有 无 不 知 道 沒 無",
    "ja": "特 に な し 無 あ り ま せ ん",
    "ko": "없음 없습니다 모름 모르겠습니다",
}
"""Words that deny, by language."""
BESIDE = {
    "en": "i i'm im do does is it there have has know idea new news to report add say declare tell mention of that can"
    " think right now this week month quarter year at the moment present really sure any anything comment comments"
    " particular specific special in applicable much so far as yet from my side me heard noticed seen else further"
    " available for us here what comes mind",
    "de": "ich neues neue neuigkeiten zu berichten bekannt ahnung mir fällt fallen ein aktuell derzeit im moment momentan"
    " angabe angaben anmerkung anmerkungen kommentar diese woche diesen monat es gibt es besonderes habe gehört bisher a",
    "fr": "je ne n'ai de à a signaler dire ajouter nouveau neuf particulier spécial commentaire commentaires pour le moment"
    " l'instant cette semaine ce mois idée avis plus du tout",
    "es": "lo hay nuevo nueva que decir comentar añadir reportar por ahora el momento esta semana este mes en particular"
    " comentario comentarios tengo idea aplica especial sin",
    "pt": "há ha de novo a dizer declarar acrescentar comentar por agora no momento esta semana este mês comentário"
    " comentários tenho ideia aplica se especial sem",
    "it": "lo di nuovo da segnalare dire aggiungere per ora al momento questa settimana questo mese commento commenti in"
    " particolare ho idea c'è",
    "nl": "ik het nieuws te melden zeggen op dit moment deze week maand opmerking opmerkingen"
    " van toepassing bijzonders idee momenteel zo",
    "sv": "jag nytt att rapportera säga tillägga just nu denna vecka månad kommentar kommentarer särskilt har aning det",
    "da": "jeg nyt at rapportere sige tilføje lige nu denne uge måned kommentar kommentarer særligt har det aning",
    "no": "jeg nytt å rapportere si tilføye melde akkurat nå denne uken måneden kommentar"
    " kommentarer spesielt har det aning",
    "fi": "ole uutta raportoitavaa sanottavaa tällä hetkellä kommentoitavaa erityistä nyt",
    "pl": "mam nowego do dodania powiedzenia zgłoszenia w tej chwili tym tygodniu miesiącu uwag komentarza zdania",
    "cs": "nic nového k hlášení v tuto chvíli tento týden",
    "tr": "yeni bir şey şu an",
    "ru": "нового сказать добавить пока на данный момент этой неделе",
    "uk": "нового сказати додати поки на цьому тижні",
    "zh": "什 么 麼 特 别 別 新 的 意 见 見",
    "ja": "こ と は 新 い も の が 分 か わ",
    "ko": "특별히 새로운 것",
}
"""Words that may stand beside them."""


def says_nothing(texts: pd.Series) -> pd.Series:
    """Whether each plain text is an answer that says there is none."""
    found = texts.str.lower().str.replace("’", "'").str.findall(WORD).reset_index(drop=True).explode().dropna()
    codes, vocabulary = pd.factorize(found)
    row, count = found.index.to_numpy(), np.bincount(found.index, minlength=len(texts))
    silent = count == 0
    for language, deny in DENY.items():
        denies = vocabulary.isin(deny.split())
        listed = denies | vocabulary.isin(BESIDE[language].split())
        said, denied = (np.bincount(row, weights=one[codes], minlength=len(texts)) for one in (listed, denies))
        silent |= (said == count) & (denied > 0)
    return pd.Series(silent, index=texts.index)
