"""Realistic tables of clients in six languages, each column labelled with the field that it is, or with nothing."""

from __future__ import annotations

from dataclasses import dataclass

IDS = [f"E{number:03d}" for number in range(1, 31)]
NAMES = [
    f"{first} {last}"
    for first in ("Ana", "Bo", "Cy", "Dea", "Eva", "Finn")
    for last in ("Lind", "Mora", "Nagy", "Ott", "Paz")
]
MAILS = [f"{name.lower().replace(' ', '.')}@acme.example" for name in NAMES]
UNITS = ["Sales", "Production", "Finance"]
SITES = ["Lyon", "Bern"]
ROLES = ["analyst", "engineer", "head", "clerk"]
CELLS = {
    "person": IDS,
    "email": MAILS,
    "name": NAMES,
    "first": [name.split()[0] for name in NAMES],
    "last": [name.split()[1] for name in NAMES],
    "unit": [UNITS[at % 3] for at in range(30)],
    "role": [ROLES[at % 4] for at in range(30)],
    "site": [SITES[at % 2] for at in range(30)],
    "manager": ["", *[IDS[at // 6] for at in range(1, 30)]],
    "manager_mail": ["", *[MAILS[at // 6] for at in range(1, 30)]],
    "tenure_months": [str(7 * at + 3) for at in range(30)],
    "years": [str(at % 12) for at in range(30)],
    "hired": [f"2019-0{at % 9 + 1}-11" for at in range(30)],
    "born": [f"{at % 28 + 1:02d}.05.1980" for at in range(30)],
    "salary": [str(30_000 + 800 * at) for at in range(30)],
    "fte": ["1.0" if at % 4 else "0.5" for at in range(30)],
    "timezone": ["Europe/Paris" if at % 2 else "Europe/Zurich" for at in range(30)],
    "ego": [IDS[at % 11] for at in range(30)],
    "alter": [IDS[(7 * at + 5) % 30] for at in range(30)],
    "from": [MAILS[at % 11] for at in range(30)],
    "to": [MAILS[(7 * at + 5) % 30] for at in range(30)],
    "relation": [("friend", "work", "advice")[at % 3] for at in range(30)],
    "at": [f"2026-03-{at % 28 + 1:02d}T09:{at:02d}:00Z" for at in range(30)],
    "day": [f"2026-03-{at % 28 + 1:02d}" for at in range(30)],
    "message": [f"<{at}@acme.example>" for at in range(30)],
    "minutes": [str(5 + at % 50) for at in range(30)],
    "seconds": [str(300 + 61 * at) for at in range(30)],
    "subject": ["Re: the long planned meeting about next year's budget and staff" for _ in range(30)],
    "item": [f"V{at % 10 + 1}a" for at in range(30)],
    "value": [str(at % 5 + 1) for at in range(30)],
    "outcome": ["adopted" for _ in range(30)],
}
"""Cells by what they are."""


@dataclass(frozen=True)
class Headed:
    """A table: its file's name, its source, and for each heading what stands under it and which field that is."""

    language: str
    file: str
    source: str
    columns: dict[str, tuple[str, str]]

    @property
    def fields(self) -> dict[str, str]:
        """The heading of each field."""
        return {field: heading for heading, (_, field) in self.columns.items() if field}

    def text(self, sign: str = ",") -> str:
        """It as CSV."""
        rows = zip(*(CELLS[cells] for cells, _ in self.columns.values()), strict=True)
        return "\n".join(sign.join(row) for row in [tuple(self.columns), *rows]) + "\n"


def _staff(language: str, file: str, *headings: str) -> Headed:
    """A staff list: headings of id, e-mail, name, unit, role, site, manager, and further ones."""
    usual = ("person", "email", "name", "unit", "role", "site", "manager")
    return Headed(
        language, file, "staff", {heading: (field, field) for heading, field in zip(headings, usual, strict=True)}
    )


def _with(table: Headed, **more: tuple[str, str]) -> Headed:
    columns = table.columns | {heading.replace("_", " "): cells for heading, cells in more.items()}
    return Headed(table.language, table.file, table.source, columns)


def _mail(language: str, file: str, *headings: str) -> Headed:
    usual = (("at", "at"), ("from", "ego"), ("to", "alter"), ("message", "message"))
    return Headed(language, file, "interactions", dict(zip(headings, usual, strict=True)))


def _calls(language: str, file: str, *headings: str) -> Headed:
    usual = (("at", "at"), ("ego", "ego"), ("alter", "alter"), ("minutes", "minutes"))
    return Headed(language, file, "interactions", dict(zip(headings, usual, strict=True)))


def _ties(language: str, file: str, *headings: str) -> Headed:
    return Headed(language, file, "nominations", {heading: (field, field) for heading, field in
                  zip(headings, ("ego", "alter", "relation"), strict=True)})  # fmt: skip


def _answers(language: str, file: str, *headings: str) -> Headed:
    return Headed(language, file, "answers", {heading: (field, field) for heading, field in
                  zip(headings, ("person", "item", "value"), strict=True)})  # fmt: skip


TABLES = (
    _with(_staff("English", "hr_export.csv", "Employee ID", "Work Email", "Full Name", "Department", "Job Title",
                 "Office Location",
                 "Line Manager ID"), Hire_Date=("hired", "started"), Annual_Salary=("salary", ""), FTE=("fte", "")),
    _with(_staff("English", "people list.csv", "EmpNo", "EmailAddress", "DisplayName", "BusinessUnit", "Position",
                 "WorkLocation",
                 "ReportsTo"), Months_of_Service=("tenure_months", "tenure_months"), Date_of_Birth=("born", "")),
    Headed("English", "workers.csv", "staff", {
        "Worker ID": ("person", "person"), "First Name": ("first", "first_name"), "Last Name": ("last", "last_name"),
        "Primary E-Mail": ("email", "email"),
        "Team": ("unit", "unit"), "Grade": ("role", "role"), "City": ("site",
        "site"), "Manager E-Mail": ("manager_mail", "manager"),
        "Years of Service": ("years", "")}),
    _with(_staff("German", "Mitarbeiterliste.csv", "Personalnummer", "E-Mail-Adresse",
                 "Name, Vorname".replace(",", ""), "Abteilung",
                 "Stellenbezeichnung", "Standort", "Vorgesetzter"), Eintrittsdatum=("hired", "started"),
        Gehalt=("salary", "")),
    _with(_staff("German", "stammdaten.csv", "Pers.-Nr.", "Mail", "Mitarbeitername", "Organisationseinheit",
                 "Funktion", "Arbeitsort",
                 "Führungskraft"), Dienstmonate=("tenure_months", "tenure_months"), Geburtsdatum=("born", "")),
    _with(_staff("French", "effectif.csv", "Matricule", "Adresse e-mail", "Nom complet", "Département", "Intitulé du poste",
                 "Lieu de travail", "Matricule responsable"), Date_d_entrée=("hired", "started"), Salaire=("salary", "")),
    _with(_staff("French", "salariés.csv", "N° salarié", "Courriel", "Nom et prénom", "Service", "Fonction",
                 "Établissement",
                 "Responsable hiérarchique"), Fuseau_horaire=("timezone", "timezone")),
    _with(_staff("Spanish", "plantilla.csv", "Nº de empleado", "Correo electrónico", "Nombre y apellidos",
                 "Departamento", "Puesto",
                 "Centro de trabajo", "Jefe directo"), Fecha_de_alta=("hired", "started"), Salario=("salary", "")),
    _with(_staff("Spanish", "empleados.csv", "Código de empleado", "Correo corporativo", "Nombre completo",
                 "Área", "Cargo", "Sede",
                 "Reporta a"), Antigüedad_en_meses=("tenure_months", "tenure_months")),
    _with(_staff("Danish", "medarbejdere.csv", "Medarbejdernummer", "Arbejdsmail", "Fulde navn", "Afdeling",
                 "Stillingsbetegnelse",
                 "Arbejdssted", "Nærmeste leder"), Ansat_siden=("hired", "started"), Løn=("salary", "")),
    _with(_staff("Danish", "ansatte.csv", "Løn nr.", "E-mail", "Navn", "Enhed", "Stilling", "Lokation", "Leder-ID"),
          Anciennitet_i_måneder=("tenure_months", "tenure_months")),
    _with(_staff("Portuguese", "colaboradores.csv", "Matrícula", "Correio eletrónico", "Nome completo", "Setor", "Função",
                 "Local de trabalho", "Gestor direto"), Data_de_admissão=("hired", "started"), Salário=("salary", "")),
    _with(_staff("Portuguese", "funcionarios.csv", "Número de funcionário", "Endereço de e-mail",
                 "Nome do funcionário", "Unidade",
                 "Cargo", "Escritório", "Superior imediato"), Fuso_horário=("timezone", "timezone")),
    _mail("English", "message_trace.csv", "origin_timestamp_utc", "sender_address", "recipient_address", "message_id"),
    _mail("English", "emails 2026.csv", "Sent On", "From Address", "To Address", "Internet Message ID"),
    _mail("German", "mails.csv", "Gesendet am", "Absender", "Empfänger", "Nachrichten-ID"),
    _mail("French", "courriels.csv", "Envoyé le", "Expéditeur", "Destinataire", "ID message"),
    _mail("Spanish", "correos.csv", "Fecha y hora", "Remitente", "Destinatario", "ID de mensaje"),
    _mail("Danish", "mails_q1.csv", "Sendt", "Afsender", "Modtager", "Besked-ID"),
    _mail("Portuguese", "e-mails.csv", "Enviado em", "Remetente", "Destinatário", "ID da mensagem"),
    _calls("English", "call log.csv", "Call Start", "Caller", "Callee", "Duration (min)"),
    _calls("German", "anrufe.csv", "Anrufbeginn", "Anrufer", "Angerufener", "Dauer (Minuten)"),
    _calls("French", "appels.csv", "Début appel", "Appelant", "Appelé", "Durée (min)"),
    _calls("Portuguese", "chamadas.csv", "Início da chamada", "Chamador", "Destino", "Duração (min)"),
    _ties("English", "network survey.csv", "Respondent ID", "Colleague ID", "Relationship Type"),
    _ties("German", "netzwerk.csv", "Befragter", "Genannte Person", "Art der Beziehung"),
    _ties("French", "liens.csv", "Répondant", "Personne citée", "Type de lien"),
    _ties("Spanish", "red.csv", "Encuestado", "Persona nombrada", "Tipo de relación"),
    _ties("Danish", "netværk.csv", "Respondent", "Kollega", "Relationstype"),
    _ties("Portuguese", "rede.csv", "Respondente", "Pessoa indicada", "Tipo de relação"),
    _answers("English", "survey answers.csv", "Participant", "Question Code", "Score"),
    _answers("German", "antworten.csv", "Personalnummer", "Fragecode", "Antwortwert"),
    _answers("French", "réponses.csv", "Matricule", "Code question", "Réponse"),
    _answers("Spanish", "respuestas.csv", "Empleado", "Pregunta", "Respuesta"),
    _answers("Danish", "svar.csv", "Medarbejder-ID", "Spørgsmål", "Svar"),
    _answers("Portuguese", "respostas.csv", "ID do colaborador", "Pergunta", "Resposta"),
    Headed("English", "adoption.csv", "outcomes", {"User": ("from", "person"), "Event": ("outcome",
        "outcome"), "First Used": ("day", "at")}),
    Headed("English", "phone seconds.csv", "interactions", {"Start": ("at", "at"), "Caller ID": ("ego",
        "ego"), "Called Party": ("alter", "alter"),
           "Duration (sec)": ("seconds", "")}),
    _with(_staff("English", "bamboohr.csv", "Employee #", "Work Email", "Display Name", "Division",
                 "Job Information: Job Title",
                 "Location Name", "Reporting To"), Hire_Date=("hired", "started"), Pay_Rate=("salary", "")),
    _with(_staff("English", "workday_headcount.csv", "Employee_ID", "Email_Primary_Work", "Worker Name",
                 "Supervisory Organization",
                 "Business Title", "Work Site", "Manager Employee ID"), Cost_Rate=("salary", "")),
    _with(_staff("English", "adp report.csv", "Associate ID", "Business Email Address", "Legal Name", "Home Department",
                 "Job Title Description", "Location Description", "Supervisor ID"), FTE=("fte", "")),
    _with(_staff("German", "personio.csv", "Personal-ID", "E-Mail (geschäftlich)", "Vollständiger Name",
                 "Abteilungsname", "Position",
                 "Büro", "Vorgesetzte Person"), Einstellungsdatum=("hired", "started")),
    _with(_staff("German", "sap_hr.csv", "Pers.Nr", "Mailadresse", "Name des Mitarbeiters", "Org.-Einheit", "Planstelle",
                 "Werk", "Pers.Nr. Leiter"), Kostenart=("salary", "")),
    _with(_staff("French", "registre_personnel.csv", "Matricule paie", "Email professionnel",
                 "Nom d'usage et prénom", "Direction / Service",
                 "Emploi occupé", "Site", "Manager direct"), Date_embauche=("hired", "started")),
    _with(_staff("Spanish", "factorial.csv", "Nº empleado", "Email", "Nombre del empleado", "Equipo",
                 "Puesto actual", "Oficina",
                 "Responsable directo"), Fecha_inicio=("hired", "started")),
    _with(_staff("Danish", "lessor.csv", "Medarb.nr.", "E-mailadresse", "Navn på medarbejder", "Afdelingsnavn",
                 "Jobtitel", "By",
                 "Leders medarbejdernr."), Ansættelsesdato=("hired", "started")),
    _with(_staff("Portuguese", "rh_pessoal.csv", "Nº mecanográfico", "E-mail institucional",
                 "Nome do trabalhador", "Departamento",
                 "Categoria profissional", "Local", "Chefia direta"), Data_início=("hired", "started")),
    _mail("English", "trace.csv", "Date/Time (UTC)", "Sender", "Recipients", "Network Message ID"),
    _mail("German", "postausgang.csv", "Sendezeit", "Von", "An", "Message-ID"),
    _mail("French", "messagerie.csv", "Horodatage", "De", "À", "Identifiant du message"),
    _mail("Portuguese", "correio.csv", "Data de envio", "De", "Para", "Message-ID"),
    _calls("Danish", "telefon.csv", "Starttid", "Opkalder", "Modtager", "Varighed i minutter"),
    _calls("Spanish", "llamadas.csv", "Hora de inicio", "Origen", "Destino", "Duración (minutos)"),
    _ties("English", "ona.csv", "Who answered", "Whom they named", "Question"),
    _ties("German", "kontakte.csv", "Von Person", "Zu Person", "Beziehungstyp"),
    _answers("English", "pulse.csv", "Employee", "Item ID", "Response value"),
    _answers("French", "baromètre.csv", "Identifiant salarié", "Item", "Note sur 5"),
)  # fmt: skip
"""The labelled set, which synonyms were written beside."""

UNSEEN = (
    _with(_staff("English", "hibob.csv", "Employee Code", "Company E-mail", "Employee Full Name",
                 "Sub Department", "Current Job Title",
                 "Site Name", "Direct Manager ID"), Start_Date=("hired", "started"), Base_Pay=("salary", "")),
    _with(_staff("English", "successfactors.csv", "User/Employee ID", "Email Information Email Address",
                 "Formal Name", "Division Name",
                 "Job Classification Title", "Location Group", "Supervisor Employee ID"), Cost=("salary", "")),
    _with(_staff("German", "datev_lohn.csv", "PNR", "E-Mail dienstl.", "Vor- und Zuname", "Abteilung/Team",
                 "Tätigkeitsbezeichnung",
                 "Betriebsstätte", "PNR Vorgesetzter"), Eintritt=("hired", "started")),
    _with(_staff("French", "sirh.csv", "Code collaborateur", "Mél professionnel", "Nom Prénom", "Unité organisationnelle",
                 "Libellé emploi", "Site de rattachement", "Code manager"), Ancienneté_mois=("tenure_months",
                 "tenure_months")),
    _with(_staff("Spanish", "nomina.csv", "ID trabajador", "E-mail empresa", "Apellidos y nombre", "Unidad organizativa",
                 "Categoría profesional", "Localidad", "Supervisor"), Fecha_ingreso=("hired", "started")),
    _with(_staff("Danish", "hr_udtræk.csv", "Medarbejder nr", "Firma e-mail", "Fornavn og efternavn",
                 "Organisatorisk enhed",
                 "Stillingsbetegnelse", "Kontorsted", "Refererer til"), Startdato=("hired", "started")),
    _with(_staff("Portuguese", "quadro_pessoal.csv", "Código funcionário", "Email da empresa", "Nome e apelido",
                 "Área funcional",
                 "Cargo atual", "Local trabalho", "Responsável direto"), Data_admissão=("hired", "started")),
    _mail("English", "exchange_log.csv", "date-time", "sender-address", "recipient-address", "internal-message-id"),
    _mail("German", "mail_log.csv", "Zeit", "Absenderadresse", "Empfängeradresse", "Message ID"),
    _mail("Spanish", "registro_correo.csv", "Enviado el", "De", "Para", "Id. de mensaje"),
    _calls("English", "pbx.csv", "Start Date/Time", "Calling Party", "Called Number", "Call Minutes"),
    _calls("French", "journal_appels.csv", "Date et heure de début", "Numéro appelant", "Numéro appelé",
        "Durée en minutes"),
    _ties("English", "sna_edges.csv", "Source", "Target", "Tie"),
    _ties("Spanish", "sociometria.csv", "Quién responde", "A quién nombra", "Vínculo"),
    _answers("English", "engagement_2026.csv", "Respondent Email", "QuestionID", "Answer (1-5)"),
    _answers("German", "mitarbeiterbefragung.csv", "Teilnehmer", "Item", "Bewertung (1-5)"),
)  # fmt: skip
"""Headings put down once all of that stood, and nothing changed after: how far guesses go beyond what they were made on."""
