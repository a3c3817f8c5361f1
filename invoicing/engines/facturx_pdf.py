"""One PDF/A-3 file that people read and machines too: the printed invoice with its CII XML inside."""

from __future__ import annotations

from cae.core.pdf import Attached, Variant, render_pdf

STYLESHEET = "css/pdf/paper.css"
FILE_NAME = "factur-x.xml"
NAMESPACE = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"

_PROPERTIES = (
    ("DocumentFileName", "name of the embedded XML invoice file", FILE_NAME),
    ("DocumentType", "INVOICE", "INVOICE"),
    ("Version", "version of the Factur-X XML schema", "1.0"),
    ("ConformanceLevel", "conformance level of the embedded Factur-X data", "EN 16931"),
)


def facturx_pdf(html: str, xml: bytes) -> bytes:
    """The Factur-X file, profile EN 16931."""
    attached = Attached(FILE_NAME, xml, "Factur-X invoice", relationship="Alternative")
    return render_pdf(
        html, stylesheet=STYLESHEET, variant=Variant.ACCESSIBLE_ARCHIVE, attachments=[attached], xmp=_xmp()
    )


def draft_pdf(html: str, *, watermark: str) -> bytes:
    """The page of a draft: no XML inside, so that nobody takes it for the invoice."""
    return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.PLAIN, watermark=watermark)


def _xmp() -> str:
    """The Factur-X properties, and the extension schema that PDF/A asks for unknown properties."""
    values = "".join(f"<fx:{name}>{value}</fx:{name}>" for name, _, value in _PROPERTIES)
    schema = "".join(
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{name}</pdfaProperty:name>"
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType>"
        "<pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{description}</pdfaProperty:description>"
        "</rdf:li>"
        for name, description, _ in _PROPERTIES
    )
    return (
        f'<rdf:Description rdf:about="" xmlns:fx="{NAMESPACE}">{values}</rdf:Description>'
        '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
        ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
        ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
        '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
        "<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>"
        f"<pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI>"
        "<pdfaSchema:prefix>fx</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{schema}</rdf:Seq></pdfaSchema:property>"
        "</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
    )
