"""Forms of the import: files, and what their columns are (IMP-1)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from imports.models import ImportFile
from imports.registry import find_kind
from imports.services import file_troubles
from imports.uploads import HUBSPOT, OTHER, SALESFORCE

#: Where ids come from, as far as anybody needs to tell.
SOURCES = (
    (SALESFORCE, "Salesforce"),
    (HUBSPOT, "HubSpot"),
    (OTHER, gettext_lazy("Another system")),
)

#: Encodings that can be chosen, as people know them.
ENCODING_NAMES = {
    "utf-8": gettext_lazy("Unicode (UTF-8)"),
    "utf-16-le": gettext_lazy("Unicode (UTF-16)"),
    "utf-16-be": gettext_lazy("Unicode (UTF-16, big-endian)"),
    "cp1252": gettext_lazy("Western European (Windows-1252)"),
    "cp1250": gettext_lazy("Central European (Windows-1250)"),
    "cp1251": gettext_lazy("Cyrillic (Windows-1251)"),
    "cp1253": gettext_lazy("Greek (Windows-1253)"),
    "cp1254": gettext_lazy("Turkish (Windows-1254)"),
    "cp1257": gettext_lazy("Baltic (Windows-1257)"),
    "mac_roman": gettext_lazy("Western European (Macintosh)"),
    "cp932": gettext_lazy("Japanese (Shift-JIS)"),
    "gb18030": gettext_lazy("Chinese (GB 18030)"),
    "big5": gettext_lazy("Chinese (Big5)"),
    "cp949": gettext_lazy("Korean (EUC-KR)"),
}


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data if isinstance(data, list | tuple) else [data]
        checked: list[UploadedFile] = [
            super(FilesField, self).clean(file, initial) for file in files
        ]
        return checked


class ImportForm(forms.Form):
    """Files that a CRM exported."""

    uploads = FilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy(
            "Accounts, contacts, opportunities, or all at once. Nothing is imported yet: you see"
            " first what was recognised and what would change."
        ),
        widget=FilesInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )


class ColumnsForm(forms.Form):
    """For each column of each file, what it is."""

    source = forms.ChoiceField(
        label=gettext_lazy("The ids in these files are those of"),
        choices=SOURCES,
        help_text=gettext_lazy("Records are known by them: keep it the same from time to time."),
    )

    def __init__(self, *args: Any, import_files: Iterable[ImportFile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.import_files = list(import_files)
        for file in self.import_files:
            kind = find_kind(file.kind)
            if kind is None:
                continue
            choices = [("", _("– leave out –")), *((c.field, c.label) for c in kind.columns)]
            for place, heading in enumerate(file.headings):
                self.fields[self.name_of(file, place)] = forms.ChoiceField(
                    label=_("%(column)s of %(file)s")
                    % {"column": heading or _("Column %d") % (place + 1), "file": file.name},
                    choices=choices,
                    required=False,
                    initial=file.columns[place],
                )

    @staticmethod
    def name_of(file: ImportFile, place: int) -> str:
        """The field of a file's column, as a column of that kind: said to hold something else, a
        file has other fields, and what was chosen before reaches none of them.
        """
        return f"f{file.place}-{file.kind}-{place}"

    def fields_of(self, file: ImportFile) -> list[BoundField]:
        """The fields of a file's columns; none while nobody knows what it holds."""
        names = [self.name_of(file, place) for place in range(len(file.headings))]
        return [self[name] for name in names if name in self.fields]

    def columns_of(self, file: ImportFile) -> list[str]:
        """What was chosen for a file; what is proposed before anybody chose."""
        if not self.is_bound:
            return list(file.columns)
        names = [self.name_of(file, place) for place in range(len(file.headings))]
        return [str(self.cleaned_data.get(name, "")) for name in names]

    @property
    def columns(self) -> dict[UUID, list[str]]:
        """What was chosen for all files."""
        return {file.pk: self.columns_of(file) for file in self.import_files}

    def clean(self) -> dict[str, Any]:
        """Nothing missing, nothing twice: each said at its column, or at its file (BAD-1)."""
        for file in self.import_files:
            for trouble in file_troubles(file, self.columns_of(file)):
                if trouble.place is None:
                    said = _("%(file)s: %(sentence)s")
                    values = {"file": file.name, "sentence": trouble.sentence}
                    self.add_error(None, said % values)
                elif not self.has_error(name := self.name_of(file, trouble.place)):
                    self.add_error(name, trouble.sentence)
        return self.cleaned_data
