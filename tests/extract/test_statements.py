import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.parsed import ParsedText
from dateline.extract.sentences import sentences
from dateline.extract.speakers import Speakers
from dateline.extract.statements import find_statements, speaker_of
from dateline.model import OUTLET, Attribution, Span, SpeakerKind, StatementMention


def statements(text: str) -> tuple[StatementMention, ...]:
    return find_statements(text, sentences(text))


def said_by(text: str, quote: str) -> Attribution:
    start = text.index(quote)
    return speaker_of(Span.of(text, start, start + len(quote)), statements(text))


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Police said six men fled.", "Police", "six men fled"),
        ("Six men fled, police said.", "police", "Six men fled"),
        ("Six men fled police said on Monday.", "police", "Six men fled"),
        ("According to the ministry, six men fled.", "the ministry", "six men fled"),
        ("Six men fled, according to a hospital source.", "a hospital source", "Six men fled"),
        ("“Six men fled,” said Ana Ruun, a clerk.", "Ana Ruun, a clerk", "“Six men fled,”"),
        ("Ana Ruun, 34, a clerk, said six men fled.", "Ana Ruun, 34, a clerk", "six men fled"),
        ("In a statement police said that six men fled.", "police", "that six men fled"),
        (
            "A source at the town\u2019s police command told reporters that six fled.",
            "A source at the town\u2019s police command",
            "that six fled",
        ),
        ("Police and witnesses said six men fled.", "Police and witnesses", "six men fled"),
    ],
)
def test_source_and_content_are_found(text, source, content):
    found = statements(text)[0]
    assert found.source is not None
    assert found.source.quote == source
    assert found.content.quote == content


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The interior ministry said six men fled.", SpeakerKind.OFFICIAL),
        ("Soldiers fled, Reuters reported.", SpeakerKind.MEDIA),
        ("State television said six men fled.", SpeakerKind.MEDIA),
        ("A rebel spokesman said six men fled.", SpeakerKind.PERPETRATOR),
        ("The Islamic State said six men fled.", SpeakerKind.PERPETRATOR),
        ("Witnesses said six men fled.", SpeakerKind.VICTIM_OR_WITNESS),
        ("Local activists said six men fled.", SpeakerKind.EXPERT_OR_NGO),
        ("A video shows six men.", SpeakerKind.FOOTAGE),
        ("A source said six men fled.", SpeakerKind.UNNAMED),
        ("Doctors at the public hospital said six men died.", SpeakerKind.OFFICIAL),
        ("Kenya said six men fled.", SpeakerKind.OFFICIAL),
    ],
)
def test_speakers_have_their_station(text, kind):
    assert statements(text)[0].attribution.kind is kind


def test_a_quotation_that_goes_on_is_still_the_speakers():
    text = "“Six men fled,” said the warden. “Two are dead.” The street was empty."
    assert said_by(text, "Two are dead").words == "the warden"
    assert said_by(text, "street was empty") == OUTLET


def test_a_sentence_that_goes_on_has_no_speaker():
    assert said_by("Police said six men fled. Two were killed.", "Two were killed") == OUTLET


def test_two_speakers_in_one_sentence_keep_their_own():
    text = "Police said six men fled, but witnesses said seven men fled."
    assert said_by(text, "six men").words == "Police"
    assert said_by(text, "seven men").words == "witnesses"


def test_a_denial_and_a_doubt_are_marked():
    assert said_by("The army denied that six men died.", "six men died").denies
    assert said_by("The group claimed that six men died.", "six men died").hedged
    assert said_by("Six men reportedly died.", "Six men") == Attribution(hedged=True)
    assert not said_by("Police said six men died.", "six men died").hedged


def test_two_sources_of_two_numbers_keep_their_own():
    text = "Nine fled according to the prosecutor, 14 according to the ministry."
    assert said_by(text, "Nine").words == "the prosecutor"
    assert said_by(text, "14").words == "the ministry"


def test_a_toll_that_is_put_is_said():
    assert said_by("The ministry put the toll at nine.", "nine").words == "The ministry"


def test_a_headline_with_a_colon_has_a_speaker():
    assert said_by("Police: six men fled from jail", "six men").words == "Police"
    assert said_by("Six men fled from the jail: police", "Six men").words == "police"


def test_who_is_quoted_as_saying_speaks():
    text = "The agency quoted the warden as saying six men fled."
    assert said_by(text, "six men").words == "the warden"


def test_claiming_an_attack_or_lives_says_nothing():
    assert statements("The blast claimed the lives of nine people.") == ()
    assert said_by("The group claimed responsibility for the raid that killed nine.", "nine") == OUTLET


def test_doubt_far_from_the_words_does_not_touch_them():
    text = "Nine people died in the old town on Sunday, and the army came there an hour later, reportedly."
    assert not said_by(text, "Nine people").hedged


def test_he_is_the_last_speaker():
    text = "Warden Ana Ruun said six men fled. She added that two were caught."
    assert said_by(text, "two were caught").name == "Warden Ana Ruun"


def test_a_short_name_stands_for_the_full_one():
    text = "The Ministry of Justice said six fled. The ministry said two were caught."
    assert said_by(text, "two were caught").name == "The Ministry of Justice"


def test_the_news_agency_is_the_one_named():
    text = "Six fled, Reuters said. The news agency said two were caught."
    assert said_by(text, "two were caught").name == "Reuters"


@given(st.text(alphabet=st.sampled_from("aS \"“”'’,.\n:tidhe"), max_size=200))
def test_spans_quote_the_text(text):
    for found in statements(text):
        for span in (found.source, found.cue, found.content, *found.content_parts):
            assert span is None or span.quote == text[span.start : span.end]


@given(
    st.lists(
        st.sampled_from(
            [
                "police",
                "said",
                "that",
                "he",
                "according to",
                "“",
                "”",
                ",",
                ".",
                "\n",
                "six men",
                "told",
                "reporters",
                "and",
                "reportedly",
                "denied",
                "Ana",
            ]
        ),
        max_size=40,
    )
)
def test_any_order_of_speech_words_is_read(chosen):
    text = " ".join(chosen)
    for found in statements(text):
        assert found.content.quote == text[found.content.start : found.content.end]


@pytest.mark.parametrize(
    "junk", ["he said " * 12_000, "“" * 50_000, "said, " * 15_000, "who, " * 20_000, '"a" ' * 20_000]
)
def test_junk_costs_linear_time(junk):
    start = time.process_time()
    statements(junk)
    assert time.process_time() - start < 12


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('launchers" the sources', "the sources"),
        ("a dozen wounded” the Observatory", "the Observatory"),
        ('Ana "Red" Ruun', 'Ana "Red" Ruun'),
        ("the sources", "the sources"),
    ],
)
def test_who_is_quoted_is_told_behind_the_quotation(text, words):
    parsed = ParsedText.of(text, [(0, len(text))], "en")
    assert Speakers(parsed, "en").speaker((0, len(parsed.words))).words == words
