"""Texts made up for each way in which a page prints words, with a quote as somebody types it and the words that are stored."""

from typing import NamedTuple


class QuoteCase(NamedTuple):
    kind: str
    text: str
    quote: str
    words: str  # as stored: the characters of the text


FOUND = [
    QuoteCase("page break", "The two sides met in\n\fGyumri on 3 May.", "met in Gyumri on 3 May", "met in\nGyumri on 3 May"),
    QuoteCase("page break", "Shelling was heard\x0buntil 14:30.", "Shelling was heard until 14:30.", "Shelling was heard\nuntil 14:30."),
    QuoteCase("page break", "Five buses\x85left Lachin.", "Five buses left Lachin.", "Five buses\nleft Lachin."),
    QuoteCase("ligature", "The ﬁrst oﬀicer ﬂed at 6.", "The first officer fled at 6.", "The ﬁrst oﬀicer ﬂed at 6."),
    QuoteCase("ligature", "Some １２ km² are aﬀected.", "Some 12 km2 are affected.", "Some １２ km² are aﬀected."),
    QuoteCase("ligature", "No. № 7 of the treaty, Ⅳ.", "No. No 7 of the treaty, IV.", "No. № 7 of the treaty, Ⅳ."),
    QuoteCase("line end", "The co-\nchairs of the cease-\nfire talks", "The co-chairs of the ceasefire talks", "The co-\nchairs of the cease-\nfire talks"),
    QuoteCase("line end", "the Armenian-\nAzerbaijani bor\u00adder at 9", "the Armenian-Azerbaijani border at 9", "the Armenian-\nAzerbaijani border at 9"),
    QuoteCase("line end", "a long-\nterm agree-\n   ment of 2022", "a long-term agreement of 2022", "a long-\nterm agree-\n   ment of 2022"),
    QuoteCase("running head", "MR LEE: Nobody has been\n\nRELEASABLE\nPage 2 of 9\n\nharmed in the 2 villages.", "Nobody has been harmed in the 2 villages.", "Nobody has been […] harmed in the 2 villages."),
    QuoteCase("running head", "MR LEE: The road is\n\nPage 11 of 12\nRemarks to the Press, Yerevan\n\nopen again since 8.", "The road is open again since 8.", "The road is […] open again since 8."),
    QuoteCase("running head", "The convoy of\n\n- 1 -\n\ntwo cars left at\n\n- 2 -\n\nnoon and came\n\n- 3 -\n\nback at 5.", "The convoy of two cars left at noon and came back at 5.", "The convoy of […] two cars left at […] noon and came […] back at 5."),
    QuoteCase("quotation marks", "MR LEE: We will not wait until 10.", "“We will not wait until 10.”", "We will not wait until 10."),
    QuoteCase("quotation marks", "He called it a “frozen” conflict in 2019.", "He called it a ''frozen'' conflict in 2019.", "He called it a “frozen” conflict in 2019."),
    QuoteCase("quotation marks", "Она назвала это «шагом» 5 мая.", '"Она назвала это "шагом" 5 мая."', "Она назвала это «шагом» 5 мая."),
    QuoteCase("dashes", "The talks — the third of 2022 — failed.", "The talks—the third of 2022—failed.", "The talks — the third of 2022 — failed."),
    QuoteCase("dashes", "All sides–without delay–agreed on 4.", "All sides -- without delay -- agreed on 4.", "All sides–without delay–agreed on 4."),
    QuoteCase("dashes", "A cease‑fire of 12 days.", "A cease-fire of 12 days.", "A cease‑fire of 12 days."),
    QuoteCase("numbers of lines", "".join(f"{n}   and part {chr(96 + n)} of it\n" for n in range(1, 13)), "and part c of it and part d of it", "and part c of it\nand part d of it"),
    QuoteCase("numbers of lines", "".join(f"{n} the {word}\n" for n, word in enumerate(["army", "left", "the", "town", "at", "dawn", "and", "came", "back", "by"], 1)), "the left the the the town", "the left\nthe the\nthe town"),
    QuoteCase("numbers of lines", "".join(f"  {n}  side {chr(64 + n)} spoke\n" for n in range(1, 15)), "side A spoke side B spoke", "side A spoke\n  side B spoke"),
]  # fmt: skip
REFUSED = [  # with what the text has between the words, which the refusal names
    QuoteCase("page number alone", "We met in\n\nPage 4\n\nLachin on Monday.", "We met in Lachin on Monday.", "Page 4"),
    QuoteCase("page number alone", "The road is\n\n17\n\nclosed since Friday.", "The road is closed since Friday.", "17"),
    QuoteCase("page number alone", "Two men are\n- 5 -\nmissing in the hills.", "Two men are missing in the hills.", "5"),
    QuoteCase("time code", "We met in\n[00:12:05] Lachin on Monday.", "We met in Lachin on Monday.", "00:12:05"),
    QuoteCase("time code", "The road is\n(01:33)\nclosed since Friday.", "The road is closed since Friday.", "01:33"),
    QuoteCase("time code", "Two men are\n1:02:33\nmissing in the hills.", "Two men are missing in the hills.", "1:02:33"),
    QuoteCase("footnote", "We met in Lachin[3] on Monday evening.", "We met in Lachin on Monday evening.", "3"),
    QuoteCase("footnote", "The road¹² is closed since Friday.", "The road is closed since Friday.", "¹²"),
    QuoteCase("footnote", "Two men[1] are missing[2] in the hills.", "Two men are missing in the hills.", "1, 2"),
    QuoteCase("omission", "We met them in Lachin on Monday.", "We met [...] in Lachin on Monday.", "them"),
    QuoteCase("omission", "The road to Shusha is closed since Friday.", "The road … is closed since Friday.", "to Shusha"),
    QuoteCase("omission", "Two men, we hear, are missing in the hills.", "Two men […] are missing in the hills.", "we hear"),
]  # fmt: skip
