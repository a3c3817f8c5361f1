"""The PDF as a container: one factur-x.xml, listed once, and metadata that a strict reader finds."""

from __future__ import annotations

from typing import Any

import pikepdf
from lxml import etree

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"
FX_URI = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
FX = f"{{{FX_URI}}}"
SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"
NAME = "factur-x.xml"
EXPECTED = {
    "DocumentType": "INVOICE",
    "DocumentFileName": NAME,
    "Version": "1.0",
    "ConformanceLevel": "EN 16931",
}


class Container:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.spec = self._find()
        self.xml: bytes | None = None if self.spec is None else self.spec.EF.F.read_bytes()

    def _find(self) -> Any:
        names = self.pdf.Root.get("/Names", pikepdf.Dictionary()).get("/EmbeddedFiles", pikepdf.Dictionary())
        pairs = list(names.get("/Names", []))
        specs = [spec for spec in pairs[1::2] if str(spec.get("/UF", "")) == NAME]
        return specs[0] if len(specs) == 1 else None

    def faults(self) -> list[str]:
        if self.spec is None:
            return [f"the PDF must carry one {NAME}"]
        return [*self._attachment_faults(), *self._metadata_faults()]

    def _attachment_faults(self) -> list[str]:
        stream = self.spec.EF.F
        listed = [item.objgen for item in self.pdf.Root.get("/AF", [])]
        checks = {
            "the attachment must stand once in /AF": listed.count(self.spec.objgen) == 1,
            "/F must name the file": str(self.spec.get("/F", "")) == NAME,
            "/AFRelationship must be Alternative": self.spec.get("/AFRelationship") == "/Alternative",
            "/Subtype must be XML": str(stream.get("/Subtype")) in ("/text/xml", "/application/xml"),
            "/Params must date the file": "/ModDate" in stream.get("/Params", {}),
        }
        return [fault for fault, right in checks.items() if not right]

    def _metadata_faults(self) -> list[str]:
        packet = etree.fromstring(self.pdf.Root.Metadata.read_bytes().strip(b"\x00 \r\n\t"))
        graphs = list(packet.iter(f"{RDF}RDF"))
        if len(graphs) != 1:
            return [f"{len(graphs)} rdf:RDF in the metadata, readers see the first only"]
        graph = graphs[0]
        faults = [
            f"fx:{name} is {found!r}"
            for name, value in EXPECTED.items()
            if (found := [e.text for e in graph.iter(FX + name)]) != [value]
        ]
        part = {d.get(f"{PDFAID}part") for d in graph} - {None}
        if part != {"3"}:
            faults.append(f"pdfaid:part is {part}")
        uris = [e.text for e in graph.iter(f"{SCHEMA}namespaceURI")]
        described = {e.text for e in graph.iter(f"{PROPERTY}name")}
        if uris != [FX_URI] or described != set(EXPECTED):
            faults.append("the extension schema must describe the four properties")
        return faults
