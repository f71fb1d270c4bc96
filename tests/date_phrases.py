"""Words that say when, and what the reader of dates makes of them."""

from datetime import date

from timeline.dates.reader import Wanted, read

DAY = date(2022, 3, 25)  # a Friday
BRIEFING = Wanted(day=date(2023, 6, 1), source="this briefing")

PHRASES = {  # text: words, EDTF
    "what he told them on March 21st and 22nd, which was": [("on March 21st and 22nd", "{2022-03-21,2022-03-22}")],
    "They spoke on March 24th.": [("on March 24th", "2022-03-24")],
    "following the November 2020 ceasefire": [("November 2020", "2020-11")],
    "Yesterday the State Department urged": [("Yesterday", "2022-03-24")],
    "On Friday, March 25, 2022, they met.": [("On Friday, March 25, 2022", "2022-03-25")],
    "on Friday, March 26, 2021": [("on Friday, March 26, 2021", "2021-03-26")],
    "signed on 10 November 2020": [("on 10 November 2020", "2020-11-10")],
    "the 24th of March": [("the 24th of March", "2022-03-24")],
    "on 2022-03-24": [("on 2022-03-24", "2022-03-24")],
    "on the 19th, they": [("on the 19th", "2022-03-19")],
    "on the 31st.": [("on the 31st", "2022-01-31")],
    "on the 21st and 22nd.": [("on the 21st and 22nd", "{2022-03-21,2022-03-22}")],
    "in the 21st century, on the 30th anniversary": [],
    "they met on the 4th of July": [("on the 4th of July", "2021-07-04")],
    "either March 21 or 22, 2022": [("either March 21 or 22, 2022", "[2022-03-21,2022-03-22]")],
    "March 21, 22 and 23": [("March 21, 22 and 23", "{2022-03-21,2022-03-22,2022-03-23}")],
    "between 27 September and 10 November 2020": [
        ("between 27 September and 10 November 2020", "[2020-09-27..2020-11-10]")
    ],
    "from March 21 to April 2": [("from March 21 to April 2", "2022-03-21/2022-04-02")],
    "from 27 September to 10 November 2020": [("from 27 September to 10 November 2020", "2020-09-27/2020-11-10")],
    "from December 20 to January 5": [("from December 20 to January 5", "2021-12-20/2022-01-05")],
    "March 21–22, 2022": [("March 21–22, 2022", "2022-03-21/2022-03-22")],
    "between March and June 2021": [("between March and June 2021", "[2021-03..2021-06]")],
    "in November and December": [("in November and December", "{2021-11,2021-12}")],
    "in November": [("in November", "2021-11")],
    "in March": [("in March", "2022-03")],
    "in early March 2022": [("in early March 2022", "2022-03")],
    "mid-November": [("mid-November", "2021-11")],
    "last March": [("last March", "2021-03")],
    "in March of last year": [("in March of last year", "2021-03")],
    "in 2014": [("in 2014", "2014")],
    "since May 2020": [("since May 2020", "2020-05/..")],
    "Beginning on April 24, 1915, with": [("Beginning on April 24, 1915", "1915-04-24/")],
    "until April 2021": [("until April 2021", "/2021-04")],
    "before March 24": [("before March 24", "[..2022-03-23]")],
    "by March 24": [("by March 24", "[..2022-03-24]")],
    "after 10 November 2020": [("after 10 November 2020", "[2020-11-11..]")],
    "on or about March 24": [("on or about March 24", "2022-03-24~")],
    "the week of March 16": [("the week of March 16", "[2022-03-14..2022-03-20]")],
    "today and this morning": [("today", "2022-03-25"), ("this morning", "2022-03-25")],
    "last night": [("last night", "[2022-03-24,2022-03-25]")],
    "the day before yesterday": [("the day before yesterday", "2022-03-23")],
    "two days ago": [("two days ago", "2022-03-23")],
    "a year ago": [("a year ago", "2021~")],
    "106 years ago today": [("106 years ago today", "1916-03-25")],
    "three months ago": [("three months ago", "2021-12~")],
    "two weeks ago": [("two weeks ago", "[2022-03-07..2022-03-13]")],
    "a few days ago": [("a few days ago", "[2022-03-19~..2022-03-23]")],
    "in the last 24 hours": [("in the last 24 hours", "[2022-03-24..2022-03-25]")],
    "over the past week": [("over the past week", "[2022-03-18..2022-03-25]")],
    "in recent weeks": [("in recent weeks", "[2022-02-11~..2022-03-25]")],
    "last week": [("last week", "[2022-03-14..2022-03-20]")],
    "this week": [("this week", "[2022-03-21..2022-03-25]")],
    "on Tuesday of last week": [("on Tuesday of last week", "2022-03-15")],
    "over the weekend": [("over the weekend", "[2022-03-19,2022-03-20]")],
    "this weekend": [("this weekend", "[2022-03-19,2022-03-20,2022-03-26,2022-03-27]")],
    "last month": [("last month", "2022-02")],
    "earlier this month": [("earlier this month", "[2022-03-01..2022-03-25]")],
    "last year": [("last year", "2021")],
    "earlier this year": [("earlier this year", "[2022-01..2022-03-25]")],
    "on Tuesday": [("on Tuesday", "2022-03-22")],
    "Tuesday night": [("Tuesday night", "[2022-03-22,2022-03-23]")],
    "on Friday": [("on Friday", "[2022-03-18,2022-03-25]")],
    "last Tuesday": [("last Tuesday", "[2022-03-15,2022-03-22]")],
    "Happy Friday. Good Friday, every Monday": [],
    "March 25 percent of 2,000 people in may, june": [],
    "May 5,000 people march": [],
    "between 2000 and 2500 people": [],
    "on 24/03/2022": [("on 24/03/2022", "2022-03-24")],
    "on 10/11/2020": [],
    "February 30, 2022": [],
    "likely after fiscal year 2023": [],
    "made worse by the 2017 tax law": [],
    "what he will go through tomorrow": [("tomorrow", "2022-03-26")],
    "by end of July. Then": [("by end of July", "[..2022-07]")],
    "last summer": [("last summer", "")],
    "recently": [("recently", "")],
}  # fmt: skip

ANNOUNCED = {
    "They will meet on March 28.": ("on March 28", "2022-03-28"),
    "He will travel on Tuesday": ("on Tuesday", "2022-03-29"),
    "tomorrow": ("tomorrow", "2022-03-26"),
    "next week": ("next week", "[2022-03-28..2022-04-03]"),
    "this coming week": ("this coming week", "[2022-03-28..2022-04-03]"),
    "next month": ("next month", "2022-04"),
    "next Tuesday": ("next Tuesday", "2022-03-29"),
    "this Sunday": ("this Sunday", "2022-03-27"),
    "a summit on 3 June 2022": ("on 3 June 2022", "2022-06-03"),
    "in the coming weeks": ("in the coming weeks", ""),
}


def to_edtf(text: str) -> str:
    """Return what words typed for the date of a briefing become. Raises ValueError where they are refused."""
    return read(text, BRIEFING)
