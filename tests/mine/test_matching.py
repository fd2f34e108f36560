"""The fast matcher finds what spaCy's own Matcher finds with the same patterns."""

from __future__ import annotations

import pytest
import spacy
from spacy.matcher import Matcher
from spacy.tokens import Doc

from minutesminer import resources
from minutesminer.errors import RuleError
from minutesminer.mine.lexicon import Lexicon
from minutesminer.mine.matching import PatternSet
from minutesminer.mine.rules import Rule
from minutesminer.mine.ruleset import rule_set
from minutesminer.mine.tokenizer import make_tokenizer
from minutesminer.parse import parse


def _rule(pattern: list[dict], id: str = "r") -> Rule:
    return Rule(id, "metric", "count", (tuple(pattern),), "why", "metrics/test.yaml")


def _spacy_matches(rules: list[Rule], lexicons: dict[str, Lexicon], texts: list[str]) -> list[tuple[str, int, int]]:
    """What spaCy's Matcher finds; lexicon flags become regular expressions over the token's text."""
    nlp = spacy.blank("en")
    matcher = Matcher(nlp.vocab)
    for rule in rules:
        matcher.add(rule.id, [_translated(pattern, lexicons) for pattern in rule.patterns], greedy="LONGEST")
    doc = Doc(nlp.vocab, words=texts)
    return sorted((nlp.vocab.strings[key], start, end) for key, start, end in matcher(doc))


def _translated(pattern: tuple[dict, ...], lexicons: dict[str, Lexicon]) -> list[dict]:
    tokens = []
    for spec in pattern:
        token = {key: value for key, value in spec.items() if key not in {"FLAG", "NOT_FLAG"}}
        wanted = [spec["FLAG"]] if isinstance(spec.get("FLAG"), str) else spec.get("FLAG", [])
        refused = [spec["NOT_FLAG"]] if isinstance(spec.get("NOT_FLAG"), str) else spec.get("NOT_FLAG", [])
        token["_"] = {f"is_{name}": True for name in wanted} | {f"is_{name}": False for name in refused}
        tokens.append(token)
    for name in {n for token in tokens for n in token["_"]}:
        lexicon = lexicons[name.removeprefix("is_")]
        from spacy.tokens import Token

        Token.set_extension(name, getter=lambda token, lexicon=lexicon: lexicon.holds(token.text), force=True)
    return [{key: value for key, value in token.items() if key != "_" or value} for token in tokens]


def test_every_packaged_pattern_matches_as_in_spacy():
    rules = rule_set()
    compiled = PatternSet(rules.rules, rules.lexicons)
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    folder = resources.folder("corpus")
    paths = sorted(p for p in folder.rglob("*") if p.suffix in {".txt", ".html"})
    sentences = 0
    for path in paths:
        for item in parse(path.read_bytes(), path.name).items:
            words = rules.words(nlp.make_doc(item.text))
            for start, end in words.sentences[:25]:
                texts = words.text[start:end]
                found = sorted(
                    (m.rule.id, m.start, m.end) for m in compiled.find([compiled.bits(text) for text in texts])
                )
                assert found == _spacy_matches(rules.rules, rules.lexicons, texts), " ".join(texts)
                sentences += 1
    assert sentences > 300


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ([{"LOWER": "item"}, {"LOWER": "no", "OP": "?"}, {"LOWER": "7"}], "Item no 7 , item 7", [(0, 3), (4, 6)]),
        ([{"LOWER": "a", "OP": "*"}, {"LOWER": "b"}], "a a b a b", [(0, 3), (3, 5)]),
        ([{"LOWER": "b"}, {"LOWER": {"NOT_IN": ["c"]}}], "b c b d", [(2, 4)]),
        ([{"LOWER": "x"}, {"TEXT": {"REGEX": "^[A-Z]"}, "OP": "{1,2}"}], "x Ab Cd Ef", [(0, 3)]),
    ],
)
def test_operators_reach_as_far_as_they_can(pattern, text, expected):
    compiled = PatternSet([_rule(pattern)], {})
    found = compiled.find([compiled.bits(word) for word in text.split()])
    assert [(match.start, match.end) for match in found] == expected


def test_no_pattern_crosses_a_line_break():
    compiled = PatternSet([_rule([{"LOWER": "a"}, {"LOWER": {"NOT_IN": ["x"]}}])], {})
    assert compiled.find([compiled.bits(word) for word in ["a", "\n"]]) == []


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ([{"FLAG": "nonesuch"}], "names the lexicon 'nonesuch'"),
        ([{"LOWER": "a", "OP": "%"}], "has OP '%'"),
        ([{"LOWER": "a", "OP": "?"}], "no token that must stand exactly once"),
        ([{"LOWER": {"FUZZY": "a"}}], "uses LOWER with FUZZY"),
    ],
)
def test_a_pattern_that_cannot_run_is_refused_by_name(pattern, message):
    with pytest.raises(RuleError, match=message):
        PatternSet([_rule(pattern)], {})
