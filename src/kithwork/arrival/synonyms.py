"""How clients head the columns of each source, in English, German, French, Spanish, Danish and Portuguese.

Written plainly: small letters, no accents, words parted by spaces, alternatives by bars. `headings.py` compares.
"""

from __future__ import annotations

PERSON = (
    "person|person id|id|employee id|employee number|employee no|employee|emp id|emp no|empl id|staff id|staff number"
    "|staff no"
    "|personnel number|worker id|associate id|payroll number|payroll id|hr id|user id|user|member id|badge number"
    "|personalnummer|personal nr|persnr|pers nr|mitarbeiternummer|mitarbeiter id|mitarbeiter nr|mitarbeiter|ma nr|ma id"
    "|matricule|matricule employe|numero employe|id employe|identifiant|numero salarie|id salarie|code salarie|salarie"
    "|id empleado|numero de empleado|num empleado|codigo de empleado|empleado|legajo|numero de nomina"
    "|medarbejdernummer|medarbejder id|medarbejdernr|medarbejder|lonnummer|ansat nr|ansat id"
    "|matricula|numero de funcionario|id funcionario|funcionario|numero do colaborador|id colaborador"
    "|codigo do colaborador"
)
EMAIL = (
    "email|e mail|mail|email address|e mail address|work email|work e mail|business email|company email|primary email"
    "|smtp"
    "|upn|user principal name|emailadresse|e mail adresse|mailadresse|dienstliche e mail|geschaftliche e mail"
    "|adresse mail|adresse e mail|courriel|adresse courriel|adresse electronique|mail professionnel"
    "|correo|correo electronico|correo corporativo|direccion de correo|arbejdsmail|mail adresse|arbejds e mail"
    "|endereco de email|correio eletronico|email corporativo|e mail corporativo|email profissional"
)
WHEN = (
    "at|date|time|timestamp|time stamp|datetime|date time|day|when|datum|uhrzeit|zeit|zeitpunkt|zeitstempel"
    "|datum uhrzeit|tag"
    "|date et heure|heure|horodatage|jour|fecha|hora|fecha y hora|dato|tid|tidspunkt|dato og tid|dag"
    "|data|data e hora|data hora|horario"
)
PARTY = (
    "party|party id|account|account id|from account|customer|client|company|kunde|firma|client id|cliente|empresa"
    "|konto|virksomhed"
)

FIELDS: dict[str, dict[str, str]] = {
    "staff": {
        "person": PERSON,
        "email": EMAIL,
        "name": "name|nom d usage et prenom|nombre empleado|navn medarbejder|worker name|legal name|nome trabalhador"
        "|full name|employee name|display name|preferred name|staff name|vollstandiger name|mitarbeitername"
        "|name vorname|nachname vorname|vor und nachname|nom complet|nom|nom et prenom|nom prenom|prenom et nom"
        "|nombre|nombre completo|nombre y apellidos|apellidos y nombre|navn|fulde navn|medarbejdernavn"
        "|nome|nome completo|nome do colaborador|nome do funcionario",
        "first_name": "first name|given name|forename|preferred first name|vorname|rufname|prenom|nombre|nombres"
        "|nombre de pila"
        "|fornavn|primeiro nome|nome proprio|nome",
        "last_name": "last name|family name|surname|nachname|familienname|zuname|nom|nom de famille|nom d usage|apellido"
        "|apellidos|primer apellido|efternavn|apelido|sobrenome|ultimo nome",
        "started": "start date|started|hire date|hired|date hired|date of joining|join date|employment date|date of hire"
        "|entry date|original hire date|company start date|eintritt|eintrittsdatum|einstellungsdatum|startdatum"
        "|date d entree"
        "|date embauche|date d embauche|date d arrivee|fecha de alta|fecha de ingreso|fecha ingreso|fecha de inicio"
        "|fecha de contratacion|ansat siden|ansaettelsesdato|startdato|data de admissao|data admissao|data de inicio"
        "|data de entrada",
        "unit": "supervisory organization|org einheit|abteilungsname|afdelingsnavn|direction service|unit|department"
        "|dept|department name|team|division|business unit|org unit|organisational unit"
        "|organizational unit|organisation unit|organization|group|section|cost centre|cost center|abteilung|bereich"
        "|organisationseinheit|einheit|fachbereich|referat|kostenstelle|gruppe|departement|service|direction|equipe|unite"
        "|entite|pole|departamento|area|unidad|equipo|seccion|gerencia|afdeling|enhed|omrade|sektion|setor|unidade"
        "|equipa|diretoria|direcao",
        "role": "business title|planstelle|position title|emploi occupe|puesto actual|categoria profissional"
        "|categoria|kategorie|role|job title|title|position|job|function|job role|designation|grade|level|job level"
        "|job family|rank"
        "|stelle|stellenbezeichnung|funktion|rolle|jobtitel|tatigkeit|berufsbezeichnung|positionsbezeichnung|ebene"
        "|poste|fonction|intitule du poste|emploi|metier|titre|niveau|puesto|cargo|rol|funcion|puesto de trabajo|nivel"
        "|stilling|stillingsbetegnelse|titel|stillingstitel|niveau|funcao|posto|papel|cargo funcao",
        "site": "work site|werk|site|location|office|work location|workplace|city|office location|place|place of work"
        "|standort"
        "|arbeitsort"
        "|niederlassung|ort|buro|dienstort|lieu|lieu de travail|localisation|ville|bureau|etablissement|sede|ubicacion"
        "|lugar de trabajo|ciudad|oficina|centro de trabajo|lokation|arbejdssted|kontor|sted|by|lokalitet"
        "|local|localizacao|local de trabalho|cidade|escritorio|filial",
        "timezone": "timezone|time zone|tz|zeitzone|fuseau horaire|zona horaria|huso horario|tidszone|fuso horario",
        "manager": "manager|manager id|line manager|line manager id|supervisor|supervisor id|reports to|boss"
        "|manager email"
        "|manager employee id|manager number|manager no|managers id|direct manager|vorgesetzter|vorgesetzte"
        "|vorgesetzten nr"
        "|vorgesetzten id|fuhrungskraft|fuhrungskraft id|leiter|teamleiter|personalnummer vorgesetzter|responsable"
        "|responsable hierarchique|superieur|superieur hierarchique|matricule responsable|matricule manager|id manager"
        "|jefe|jefe directo|jefe inmediato|id jefe|reporta a|id responsable|supervisor directo|leder|naermeste leder|chef"
        "|leder id|leder nr|lederens medarbejdernummer|gestor|gestor direto|chefia|chefe|superior|id gestor"
        "|superior imediato"
        "|matricula do gestor|lider",
        "tenure_months": "tenure months|tenure in months|months of service|service months|months employed"
        "|months in company"
        "|length of service months|seniority months|tenure|length of service|betriebszugehorigkeit monate|dienstmonate"
        "|zugehorigkeit monate|betriebszugehorigkeit in monaten|anciennete mois|anciennete en mois|anciennete"
        "|antiguedad meses|antiguedad en meses|antiguedad|anciennitet maneder|anciennitet i maneder|anciennitet"
        "|antiguidade meses|antiguidade em meses|tempo de casa meses|antiguidade",
    },
    "opt_outs": {
        "person": PERSON + "|" + EMAIL,
        "scope": "scope|what|extent|umfang|portee|alcance|omfang|ambito",
    },
    "parties": {
        "party": "party|party id|account id|account no|account number|customer id|customer no|customer number"
        "|client id|id"
        "|company id|kundennummer|kunden nr|debitor|numero client|code client|id cliente|numero de cliente|codigo cliente"
        "|kundenummer|kunde nr|numero do cliente|codigo do cliente|organisation id",
        "name": "name|account|account name|customer name|company|company name|organisation|organization|kunde"
        "|kundenname|firma"
        "|nom|raison sociale|societe|entreprise|nombre|razon social|empresa|navn|firmanavn|virksomhed|kundenavn|nome"
        "|razao social",
        "domain": "domain|web|website|web site|homepage|url|internet|mail domain|email domain|webseite|site web|domaine"
        "|sitio web|dominio|pagina web|hjemmeside|domaene|site",
        "kind": "kind|type|account type|relationship|category|role|art|typ|kategorie|beziehung|type de compte"
        "|categorie|relation"
        "|tipo|categoria|tipo de cuenta|kategori|forhold|tipo de conta",
        "segment": "segment|market segment|industry|sector|market|branche|marktsegment|markt|segment de marche"
        "|secteur|marche"
        "|segmento|sector|industria|mercado|marked|setor",
    },
    "nominations": {
        "ego": "ego|who answered|von person|from person|origen|origem|from|source|respondent|nominator|named by|who"
        "|rater|sender|participant|von|befragter|befragte"
        "|nennende|wer"
        "|repondant|de|qui|source id|encuestado|quien|respondente|quem|respondent|fra|hvem|deltager|owner|" + PERSON,
        "alter": "whom they named|zu person|to person|recipients|alter|to|target|colleague|nominee|named|named person"
        "|person named|genannte person|contact|peer|tie|an|zu|genannte|genannter"
        "|kollege|kollegin"
        "|collegue|personne citee|cite|a|vers|colega|nombrado|persona nombrada|persona citada|kollega|til|naevnt|nomeado"
        "|pessoa indicada|indicado|colleague id|target id|" + EMAIL,
        "relation": "relation|relationship|relation type|tie type|type of tie|kind of tie|generator|name generator"
        "|question|type"
        "|network|beziehung|beziehungsart|art der beziehung|art|frage|lien|type de lien|type de relation|relacion"
        "|tipo de relacion|tipo|pregunta|vinculo|relationstype|sporgsmal|relacao|tipo de relacao|pergunta|laco",
    },
    "interpreters": {
        "ego": "ego|respondent|rater|" + PERSON,
        "alter": "alter|colleague|target|about",
        "question": "question|question code|item|frage|pregunta|sporgsmal|pergunta",
        "value": "value|answer|score|antwort|wert|reponse|respuesta|valor|svar|resposta|valeur",
    },
    "answers": {
        "person": "respondent|participant|respondent id|befragter|repondant|encuestado|deltager|respondente"
        "|" + PERSON + "|" + EMAIL,
        "item": "item|item code|question|question code|question id|variable|code|frage|fragennummer|frage nr|item nr"
        "|fragecode"
        "|question no|code question|pregunta|codigo de pregunta|sporgsmal|sporgsmalskode|pergunta|codigo da pergunta",
        "value": "value|answer|score|response|note sur 5|rating|points|point|answer value|antwort|wert|punkte"
        "|bewertung|antwortwert"
        "|reponse|valeur|note|respuesta|valor|puntuacion|svar|vaerdi|point|resposta|pontuacao|nota",
    },
    "responses": {
        "person": "respondent|participant|" + PERSON + "|" + EMAIL,
        "started": "started|start|start time|started at|begin|beginn|startzeit|debut|inicio|pabegyndt|inicio em",
        "ended": "ended|end|end time|completed|completed at|submitted|ende|abgeschlossen|fin|termine|fecha de envio"
        "|afsluttet|fim",
        "seconds": "seconds|duration seconds|duration in seconds|dauer sekunden|duree secondes|segundos|sekunder",
        "finished": "finished|complete|completed|beendet|termine|finalizado|faerdig|concluido",
    },
    "comments": {
        "person": "author|writer|respondent|written by|user|autor|verfasser|auteur|autor|forfatter|autora"
        "|" + PERSON + "|" + EMAIL,
        "prompt": "prompt|question|topic|frage|thema|question posee|pregunta|tema|sporgsmal|emne|pergunta",
        "text": "text|comment|note|answer text|comments|message|kommentar|freitext|anmerkung|notiz|commentaire"
        "|remarque|texte"
        "|comentario|nota|texto|bemaerkning|tekst|observacao|open answer|verbatim",
        "at": "written|written at|created|created at|" + WHEN,
        "party": PARTY,
        "about": "about|about what|uber|sujet|sobre|om",
        "learned": "how learned|learned|heard how|quelle",
        "sure": "sure|how sure|certainty|confidence",
        "quote": "quote|may be quoted|quotable|zitierbar|citable",
    },
    "interactions": {
        "ego": "ego|origen|origem|von person|from|sender|sender address|from address|caller|caller id|organizer"
        "|organiser|initiator|source"
        "|sent by|author"
        "|absender|von|anrufer|sender adresse|organisator|absender adresse|expediteur|de|appelant|emetteur|organisateur"
        "|remitente|emisor|llamante|organizador|afsender|fra|opkalder|arrangor|remetente|chamador|person a|person 1",
        "alter": "alter|to|recipient|recipient address|to address|receiver|callee|called|called party|target|attendee"
        "|invitee"
        "|empfanger|an|angerufener|empfanger adresse|teilnehmer|destinataire|a|appele|recepteur|participant|destinatario"
        "|para|receptor|llamado|modtager|til|modtageradresse|opkaldt|deltager|destino|recebedor|person b|person 2",
        "channel": "channel|medium|kanal|canal|kind of contact|contact type|channel type",
        "at": "received|sent|start|started|sent at|sent on|sent time|received at|received on|start time|call start"
        "|timestamp utc"
        "|origin timestamp|origin timestamp utc|gesendet|gesendet am|empfangen|empfangen am|beginn|anrufbeginn"
        "|startzeit|envoye|recu|recu le"
        "|envoye le|debut|debut appel|enviado|recibido|inicio|fecha de envio|sendt|modtaget|starttidspunkt|recebido"
        "|enviado em|"
        "recebido em|inicio da chamada|" + WHEN,
        "minutes": "minutes|duration minutes|duration min|minutes of contact|length minutes|mins|min|minuten"
        "|dauer minuten|dauer min"
        "|duree minutes|duree min|duree en minutes|minutos|duracion minutos|duracion min|minutter|varighed minutter"
        "|varighed min"
        "|duracao minutos|duracao min|duration|length|dauer|duree|duracion|varighed|duracao|gesprachsdauer minuten",
        "size": "size|participants|attendees|number of participants|headcount|teilnehmerzahl|anzahl teilnehmer"
        "|nombre de participants"
        "|participantes|numero de participantes|antal deltagere",
        "message": "message|message id|messageid|internet message id|mail id|call id|meeting id|event id"
        "|conversation id|nachricht id"
        "|nachrichten id|anruf id|id message|id du message|id mensaje|id de mensaje|besked id|id da mensagem",
        "nature": "nature",
    },
    "outcomes": {
        "person": "user|adopter|" + PERSON + "|" + EMAIL,
        "outcome": "outcome|event|status|state|result|what happened|ergebnis|ereignis|resultat|evenement|statut"
        "|resultado|evento"
        "|estado|haendelse|udfald|situacao",
        "at": "first used|adopted on|adoption date|first use|first login|since|erste nutzung|seit"
        "|premiere utilisation|primer uso"
        "|forste brug|primeiro uso|" + WHEN,
    },
    "opportunities": {
        "opportunity": "opportunity|opportunity id|idea|idea no|idea id|idea number|idee nr|ideen nr|ideennummer"
        "|numero idee|id idea"
        "|idenummer|ide nr|numero da ideia|id ideia|no|id",
        "kind": "kind|type|idea type|art|typ|tipo|categorie|kategorie|kategori",
        "problem": "problem|problem solved|need|problem statement|problema|probleme|bedarf",
        "person": "raised by|submitted by|author|proposer|owner|eingereicht von|einreicher|propose par|propuesto por"
        "|foreslaet af"
        "|proposto por|" + EMAIL,
        "party": PARTY,
        "raised": "raised|raised on|submitted|submitted on|submission date|created|eingereicht am|propose le"
        "|fecha de propuesta"
        "|foreslaet den|data da proposta|" + WHEN,
        "tested": "tested|tested on|piloted|trial date|getestet am|teste le|probado el|testet den|testado em",
        "scaled": "scaled|scaled on|rolled out|launched|umgesetzt am|skaliert am|deploye le|escalado el|skaleret den"
        "|escalado em",
        "dropped": "dropped|dropped on|rejected|stopped|verworfen am|abandonne le|descartado el|droppet den"
        "|descartado em",
        "expected": "expected|expected value|expected benefit|erwarteter wert|valeur attendue|valor esperado"
        "|forventet vaerdi",
        "realised": "realised|realised value|realized value|actual value|realisierter wert|valeur realisee"
        "|valor realizado"
        "|realiseret vaerdi",
    },
}  # fmt: skip
"""By source and field: what a column of it may be headed."""

FILES: dict[str, str] = {
    "staff": "staff|people|employees|hr|hris|personnel|headcount|roster|workers|personal|mitarbeiter|stammdaten"
    "|personnel|effectif"
    "|effectifs|salaries|empleados|plantilla|personal|medarbejdere|personale|ansatte|funcionarios|colaboradores",
    "opt_outs": "opt out|optout|opt outs|withdrawn|objections|widerspruch|widerspruche|opposition|exclusiones|fravalg"
    "|recusas",
    "parties": "accounts|customers|clients|parties|crm|companies|kunden|konten|comptes|clientes|kunder|contas|fournisseurs",
    "nominations": "relations|nominations|network|ties|sociometric|ona|netzwerk|beziehungen|reseau|liens|red"
    "|relaciones|netvaerk"
    "|relationer|rede|relacoes|contacts",
    "interpreters": "interpreters",
    "answers": "answers|survey|responses|questionnaire|antworten|umfrage|befragung|reponses|enquete|respuestas"
    "|encuesta|svar"
    "|sporgeskema|respostas|inquerito|pesquisa",
    "comments": "comments|notes|verbatims|kommentare|notizen|commentaires|comentarios|kommentarer|noter",
    "interactions": "mail|mails|email|emails|message trace|calls|meetings|calendar|chat|interactions|contacts log"
    "|anrufe|nachrichten"
    "|appels|courriels|correos|llamadas|reuniones|opkald|moder|chamadas|e mails",
    "outcomes": "adoption|outcomes|usage|first use|nutzung|adoptions|resultados|ibrugtagning|adocao",
    "opportunities": "ideas|opportunities|register|innovation|pipeline|ideen|idees|ideas|ideer|ideias",
}
"""By source: what a file of it may be called."""

CHANNELS: dict[str, str] = {
    "mail": "mail|absender|empfanger|expediteur|destinataire|remitente|destinatario|afsender|modtageradresse"
    "|remetente|correio|messagerie|postausgang|trace|mails|email|emails|e mail|smtp|message trace|sender address"
    "|internet message id|message id|courriel"
    "|courriels|correo"
    "|correos|sent|gesendet",
    "call": "call|telefon|opkalder|angerufener|llamante|chamador|calls|caller|callee|phone|telephone|anruf|anrufe"
    "|anrufer|appel|appels|appelant|llamada|llamadas"
    "|opkald|chamada|chamadas",
    "meeting": "meeting|meetings|calendar|organizer|organiser|attendee|besprechung|termin|reunion|reuniones|mode"
    "|moder|reuniao|reunioes",
    "chat": "chat|chats|slack|teams|im|instant message|conversation",
    "review": "review|reviews|commit|pull request",
    "face_to_face": "face to face|sensor|badge|proximity|encounter",
}
"""By channel: words of a file's name or headings that tell it."""

KINDS: dict[str, str] = {
    "personal": "friend|friends|friendship|leisure|lunch|private|personal|social|facebook|trust|confide|freund"
    "|freunde|freundschaft"
    "|freizeit|vertrauen|mittagessen|privat|ami|amis|amitie|loisir|confiance|dejeuner|prive|amigo|amigos|amistad|ocio"
    "|confianza"
    "|ven|venner|venskab|fritid|tillid|frokost|amizade|lazer|confianca",
    "functional": "work|works|job|jobs|task|tasks|project|collaborate|collaboration|coauthor|workflow|daily|need"
    "|arbeit|aufgabe|projekt"
    "|zusammenarbeit|travail|tache|projet|collaboration|trabajo|tarea|proyecto|colaboracion|arbejde|opgave|samarbejde"
    "|trabalho|tarefa|projeto|colaboracao",
    "strategic": "widens|strategic|idea|ideas|innovation|learn|learning|advice|opportunity|future|career|mentor"
    "|influence|sponsor|energy"
    "|strategie|ideen|lernen|rat|zukunft|strategique|idees|conseil|avenir|estrategico|consejo|aprender|futuro|ideer"
    "|lare|rad"
    "|fremtid|estrategica|conselho|strategisch|strategisk",
}
"""By kind of tie: words of relations that speak for it."""

FILLERS = (
    "name", "description", "desc", "code", "label", "current", "main", "home", "primary", "title", "bezeichnung",
    "nom", "libelle",
    "actuel", "actual", "nombre", "descripcion", "navn", "nome", "descricao", "atual", "information", "info",
)  # fmt: skip
"""Words that a heading of what groups people may have beside the word that tells it."""

OF_OTHERS = (
    "emergency|emergency contact|spouse|next of kin|partner|previous|former|notfall|notfallkontakt|ehepartner|fruher"
    "|urgence"
    "|conjoint|precedent|emergencia|conyuge|anterior|nodkontakt|tidligere|emergencia|conjuge"
)
"""Words of headings that tell of somebody or something else than the row's own."""

MONTHS = "month|months|monat|monate|monaten|mois|mes|meses|maned|maneder"
YEARS = "year|years|yrs|jahr|jahre|jahren|an|ans|annee|annees|ano|anos|ar|days|day|tage|jours|dias|dage"
MINUTES = "minute|minutes|min|mins|minuten|minutos|minutter"
OTHER_LENGTHS = (
    "second|seconds|sec|secs|s|hour|hours|h|hrs|sekunden|stunden|secondes|heures|segundos|horas|sekunder|timer|ms"
)
"""Words for units of time that a number may be of."""
