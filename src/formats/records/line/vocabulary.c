/* The words. Tables are searched by binary search, so each is sorted by bytes; a test checks
 * that. */
#include "formats/records/line/vocabulary.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "formats/common/folded_text.h"
#include "shilu/base/word_finder.h"
#include "shilu/text/utf8.h"

enum {
    WORD_BYTES_MAX = 48,
    PARTS_BYTES_MAX = 24,
    ATTENDANCE_BYTES_MAX = 24,
    CALLING_BYTES_MAX = 36,
    LABEL_BYTES_MAX = 160,
    MARK_BYTES_MAX = 40, /* the longest word, blanks and a number */
    CALL_WORDS_MAX = 4,
    TAPE_BYTES_MAX = 44,
    HOUR_BYTES_MAX = 24,
    THANKS_BYTES_MAX = 48,
    CJK_THANKS_BYTES_MAX = 66,
    HANDS_ON_BYTES_MAX = 160,
    PROCEDURE_BYTES_MAX = 110,
    SAMPLE_BYTES_MAX = 600,
    REACTION_BYTES_MAX = 48,
    CONTROL_BYTES_MAX = 24,
    BODY_BYTES_MIN = 6, /* of a word that is a body by itself: 구청, 公司 */
    MATTER_BYTES = 32   /* so many bytes of a line must name the matter */
};

struct fact_name {
    const char *name; /* without blanks, in lower case */
    enum fact_kind kind;
};

/* clang-format off */
static const char *const titles[] = {
    "AMBASSADOR", "ATTORNEY", "Abgeordnete", "Abgeordneter", "Adjoint", "Adjointe",
    "Alcalde", "Alcaldesa", "Alderman", "Ambassador", "Analyst", "Anggota", "Animateur",
    "Animatrice", "Apresentador", "Apresentadora", "Assessore", "Attorney", "Avvocato",
    "Bakan", "Baron", "Baroness", "Başkan", "Befragte", "Befragter", "Borgmester",
    "Bundeskanzler", "Bundeskanzlerin", "Bundesminister", "Bundesministerin",
    "Bundespräsident", "Bundesrat", "Bundesrätin", "Bupati", "Burgemeester", "Burmistrz",
    "Bà", "Bürgermeister", "Bürgermeisterin", "Bộ trưởng", "CHAIR", "CHAIRMAN",
    "CHAIRPERSON", "CHAIRWOMAN", "CLERK", "COMMISSIONER", "COURT", "Camat", "Chair",
    "Chairman", "Chairperson", "Chairwoman", "Chủ tịch", "Chủ tọa", "Clerk", "Cllr",
    "Commissioner", "Concejal", "Conduttore", "Conduttrice", "Congressman", "Congresswoman",
    "Conseller", "Consellera", "Councillor", "Councilman", "Councilmember", "Councilwoman",
    "Counsel", "Court", "DIRECTOR", "DR", "Dame", "Delegate", "Deputada", "Deputado",
    "Deputat", "Deputies", "Deputy", "Diputada", "Diputado", "Director", "Direktor",
    "Direktorin", "Direktur", "Direktör", "Doamna", "Domnul", "Dr", "Dyrektor",
    "Dziennikarka", "Dziennikarz", "Député", "Députée", "Earl", "Ekspert", "Elnök",
    "Entrevistada", "Entrevistado", "Entrevistador", "Entrevistadora", "Facilitator",
    "Fiscal", "Formand", "Formanden", "Frau", "GOVERNOR", "Giornalista", "Giudice",
    "Giám đốc", "Governor", "Greffier", "Gubernur", "HOST", "Haastateltava",
    "Haastattelija", "Hakim", "Herr", "Host", "INTERVIEWEE", "INTERVIEWER", "Interviewee",
    "Interviewer", "Interviewerin", "Intervieweur", "Intervieweuse", "Intervistata",
    "Intervistato", "Intervistatore", "Intervistatrice", "JUDGE", "JUSTICE", "Johtaja",
    "Jornalista", "Journalist", "Journaliste", "Journalistin", "Judge", "Juez", "Jueza",
    "Juge", "Jurist", "Juror", "Justice", "Justitiarius", "Kansanedustaja", "Kanzler",
    "Kanzlerin", "Kepala", "Ketua", "Képviselő", "Lady", "Landrat", "Lord", "Lurah",
    "Luật sư", "MAYOR", "MINISTER", "MODERATOR", "MR", "MRS", "MS", "Maire", "Marszałek",
    "Mayor", "Members", "Menteri", "Milletvekili", "Minister", "Minister-president",
    "Ministeri", "Ministr", "Ministra", "Ministre", "Ministro", "Ministru", "Ministrul",
    "Ministryně", "Miniszter", "Miss", "Mlle", "Mme", "Moderador", "Moderadora",
    "Moderator", "Moderatore", "Moderatorin", "Moderatrice", "Moderatör", "Moderátor",
    "Moderátorka", "Modérateur", "Modératrice", "Mr", "Mrs", "Ms", "Muhabir",
    "Místopředseda", "Místopředsedkyně", "Müdür", "Naczelnik", "Narasumber", "Novinář",
    "Novinářka", "Náměstek", "Náměstkyně", "OFFICER", "OFFICIAL", "OPERATOR",
    "Oberbürgermeister", "Oberbürgermeisterin", "Officer", "Onorevole", "Operator",
    "Ordförande", "Ordfører", "Ordføreren", "Ordstyrer", "PARTICIPANT", "PRESIDENT",
    "PRESIDENTA", "PRESIDENTE", "Participant", "Periodista", "Pewawancara", "Phó Chủ tịch",
    "Phóng viên", "Podsekretarz", "Polgármester", "Portavoz", "Poseł", "Poslanec",
    "Poslankyně", "Posłanka", "Predseda", "Prefeito", "Premier", "Presiden", "President",
    "Presidenta", "Presidente", "Presidenten", "Prezes", "Prezydent", "Președinte",
    "Președintele", "Primar", "Primarul", "Procureur", "Prof", "Professor", "Prokurator",
    "Protokollführer", "Protokollführerin", "Prowadząca", "Prowadzący", "Przewodnicząca",
    "Przewodniczący", "Präsident", "Präsidentin", "Président", "Présidente",
    "Puheenjohtaja", "Puhemies", "Předseda", "Předsedající", "Předsedkyně", "QUESTION",
    "QUESTIONER", "Questioner", "REPORTER", "Raadslid", "Radca", "Radna", "Radny",
    "Redaktor", "Redaktorka", "Relator", "Relatora", "Relatore", "Relatrice", "Reporter",
    "Representative", "Repórter", "Respondent", "Richter", "Richterin", "Riporter",
    "SECRETARY", "SENATOR", "SEÑOR", "SEÑORA", "SPEAKER", "SR", "SRA", "STAFF", "Saksi",
    "Secretaria", "Secretario", "Secretary", "Secretária", "Secretário", "Secrétaire",
    "Sekretarz", "Senador", "Senadora", "Senator", "Senators", "Senátor", "Senátorka",
    "Señor", "Señora", "Signor", "Signora", "Sindaco", "Sir", "Sottosegretaria",
    "Sottosegretario", "Speaker", "Sr", "Sra", "StS", "Staatssecretaris", "Staatssekretär",
    "Staatssekretärin", "Starosta", "Starostka", "Statsminister", "Statsministeren",
    "Statsråd", "Statsråden", "Statsrådet", "Stimmen", "Sunucu", "Superintendent", "Sędzia",
    "Talman", "Talmannen", "Tanık", "Testigo", "Testimone", "Thẩm phán", "Thủ tướng",
    "Thứ trưởng", "Toimittaja", "Treasurer", "Trustee", "Témoin", "UNIDENTIFIED",
    "Unidentified", "VOICE", "Vali", "Vereador", "Vereadora", "Vicepresidente",
    "Vizepräsident", "Vizepräsidentin", "Voces", "Voci", "Voice", "Voorzitter",
    "Vorsitzende", "Vorsitzender", "Vozes", "WITNESS", "Wartawan", "Wethouder",
    "Wicedyrektor", "Wicemarszałek", "Wiceprezes", "Zastępca", "Zeuge", "Zeugin", "Zuruf",
    "Zurufe", "conseller", "consellera", "deputat", "deputatul", "député", "députée",
    "elnök", "heer", "képviselő", "maire", "members", "mevrouw", "ministre", "ministrul",
    "miniszter", "presidenta", "presidente", "président", "présidente", "rapporteur",
    "rapporteure", "relatore", "secretary", "secrétaire", "senator", "senatorul", "señor",
    "señora", "vadītāja", "vadītājs", "voix", "voorzitter", "Ông", "Újságíró",
    "államtitkár", "Đại biểu", "Ředitel", "Ředitelka", "Świadek", "Βουλευτής", "Βουλευτης",
    "Δημοσιογράφος", "Προεδρευουσα", "Προεδρευων", "Προεδρεύουσα", "Προεδρεύων", "Προεδρος",
    "Πρόεδρος", "Συντονίστρια", "Συντονιστής", "Υπουργος", "Υπουργός", "Адвокат", "Ведуча",
    "Ведучий", "Ведущая", "Ведущий", "Водещ", "Водещият", "Голова", "Головуюча",
    "Головуючий", "Голос", "Губернатор", "Депутат", "Директор", "Директорка", "Докладчик",
    "Журналист", "Журналистка", "Журналіст", "Заместитель", "Заступник", "Кореспондент",
    "Корреспондент", "Министр", "Министър", "Модератор", "Мэр", "Міністр", "Начальник",
    "Начальница", "Председател", "Председатель", "Председательствующая",
    "Председательствующий", "Президент", "Прокурор", "Профессор", "Реплика", "Репортер",
    "Свидетель", "Секретарь", "Сенатор", "Спикер", "Суддя", "Судья", "Уполномоченный",
    "Управляющий", "Эксперт", "היו\"ר", "ח\"כ", "חה\"כ", "יו\"ר", "סגן", "סגנית", "ראש",
    "שר", "שרת", "الرئيس", "الرئيسة", "السيد", "السيدة", "المقرر", "المقررة", "النائب",
    "النائبة", "الوزير", "رئيس", "رئيسة", "رئیس", "عضو", "نماینده", "وزير", "وزيرة", "وزیر",
    "अध्यक्ष", "उपाध्यक्ष", "न्यायमूर्ति", "मंत्री", "श्री", "श्रीमती", "सभापति", "さん",
    "专员", "专家", "主任", "主席", "主持人", "主播", "书记", "书记员", "事務局", "事務方",
    "代理人", "代表", "会長", "会长", "係長", "候选人", "候選人", "先生", "公訴人",
    "公诉人", "副大臣", "区長", "区长", "區長", "博士", "厅长", "原告", "县长", "参事",
    "参考人", "參事", "參考人", "发言人", "台長", "台长", "司令", "司会", "司會", "司長",
    "司长", "君", "嘉宾", "嘉賓", "報道官", "处长", "大使", "大臣", "女士", "委员", "委員",
    "官房長", "审判员", "审判长", "室長", "審判長", "專員", "專家", "小姐", "局長", "局长",
    "市長", "市长", "幹事社", "幹事長", "広報官", "廳長", "弁護人", "弁護士", "律师",
    "律師", "总理", "总经理", "总统", "总裁", "所长", "政務官", "政委", "教官", "教授",
    "書記", "書記官", "會長", "村長", "校長", "校长", "检察官", "検察官", "様", "檢察官",
    "次長", "次长", "氏", "法官", "理事長", "理事长", "町長", "發言人", "監督", "知事",
    "社長", "科長", "科长", "秘书长", "秘書長", "站长", "經理", "総理", "総裁", "編輯",
    "縣長", "總理", "總統", "總經理", "總裁", "经理", "编辑", "署長", "署长", "老师",
    "老師", "董事長", "董事长", "處長", "被告", "被告人", "裁判官", "裁判長", "記者",
    "証人", "課長", "證人", "議員", "議長", "议员", "议长", "记者", "证人", "負責人",
    "负责人", "责任人", "辩护人", "辯護人", "部長", "部长", "镇长", "長官", "长官", "院士",
    "院長", "院长", "館長", "馆长", "首相", "간사", "감독", "감정인", "검사", "계장", "과장", "관계자",
    "관장", "교수", "구청장", "국장", "군수", "기자", "단장", "담당관", "담당자", "대리인", "대변인", "대통령",
    "대표", "도지사", "박사", "반장", "변호사", "변호인", "보좌관", "본부장", "비서관", "사무관", "사무국장", "사무장", "사회", "사회자", "서기", "서기관", "센터장", "수석", "시장",
    "실장", "앵커", "원고", "원장", "위원", "위원장", "의원", "의장", "이사", "이사장", "이장", "장관", "재판장",
    "전문위원", "조사관", "주무관", "주임", "증인", "지사", "진술인", "진행", "진행자", "차관", "참고인", "처장",
    "청장", "총리", "총무", "통장", "팀장", "판사", "피고", "피고인", "행정관", "회장", "후보",
};

static const char *const askers[] = {
    "AUDIENCE", "Analyst", "Audience", "Correspondent", "DOMANDA", "Domanda",
    "Dziennikarka", "Dziennikarz", "Entrevistador", "Entrevistadora", "FRAGE", "Frage",
    "Fragesteller", "Fråga", "Giornalista", "Haastattelija", "INTERVIEWER", "Interviewer",
    "Interviewerin", "Intervieweur", "Intervieweuse", "Intervistatore", "Intervistatrice",
    "Intervjuare", "Intervjuaren", "Intervjuer", "JOURNALIST", "JOURNALISTE", "Jornalista",
    "Journalist", "Journaliste", "Journalisten", "Journalistin", "Kysymys", "Kérdés",
    "Muhabir", "Nachfrage", "Novinář", "Novinářka", "Otázka", "PERGUNTA", "PERIODISTA",
    "PREGUNTA", "PV", "Pergunta", "Periodista", "Pertanyaan", "Pewawancara", "Phóng viên",
    "Pregunta", "Pytanie", "QUESTION", "QUESTIONER", "Question", "Questioner", "REPORTER",
    "Reporter", "Repórter", "Riporter", "Soru", "Spørgsmål", "Spørsmål", "Toimittaja",
    "Vraag", "Wartawan", "ZUSATZFRAGE", "Zusatzfrage", "Întrebare", "Újságíró",
    "Δημοσιογράφος", "Ερώτηση", "Вопрос", "Въпрос", "Журналист", "Журналистка", "Журналіст",
    "Интервьюер", "Кореспондент", "Корреспондент", "Питання", "כתב", "כתבת", "שאלה",
    "الصحافي", "الصحفي", "الصحفية", "خبرنگار", "سؤال", "صحافي", "صحفي", "صحفية", "पत्रकार",
    "प्रश्न", "संवाददाता", "นักข่าว", "ผู้สื่อข่าว", "問", "提問", "提问", "網友", "網民",
    "网友", "記者", "记者", "追問", "追问", "问", "기자", "질문",
};

/* At the end of a word: 晨光报, but not 新闻局. */
static const char *const outlets[] = {
    "AFP", "Bloomberg", "NHK", "News", "Post", "Reuters", "Times", "タイムス", "タイムズ", "テレビ", "ニュース",
    "プレス", "ラジオ", "卫视", "周刊", "報", "媒体", "媒體", "广播", "廣播", "报", "放送", "新华社", "新聞", "新闻", "新闻社",
    "日報", "日报", "日経", "早報", "早报", "时报", "時報", "晚報", "晚报", "电台", "电视", "电视台", "衛視", "通信", "通信社",
    "通訊社", "通讯社", "週刊", "電台", "電視", "電視台", "뉴스", "라디오", "매일", "방송", "방송사", "신문", "일보", "타임스",
    "통신",
};

static const char *const hosts[] = {
    "Anchor", "Animateur", "Animatrice", "Apresentador", "Apresentadora", "Başkan", "CHAIR",
    "CHAIRMAN", "CHAIRWOMAN", "Chair", "Chairman", "Chairperson", "Chairwoman", "Chủ tịch",
    "Chủ tọa", "Conduttore", "Conduttrice", "Elnök", "Facilitator", "Formand", "Formanden",
    "HOST", "Host", "Ketua", "MODERATOR", "Marszałek", "Moderador", "Moderadora",
    "Moderator", "Moderatore", "Moderatorin", "Moderatrice", "Moderatör", "Moderátor",
    "Moderátorka", "Modérateur", "Modératrice", "OPERATOR", "Operator", "Ordförande",
    "Ordstyrer", "Ordstyreren", "PRESIDENTA", "PRESIDENTE", "Presidenta", "Presidente",
    "Președintele", "Prowadząca", "Prowadzący", "Przewodnicząca", "Przewodniczący",
    "Präsident", "Präsidentin", "Président", "Présidente", "Puheenjohtaja", "Puhemies",
    "Předseda", "Předsedající", "Předsedkyně", "SPEAKER", "STAFF", "Sunucu", "Talmannen",
    "Vizepräsident", "Vizepräsidentin", "Voorsitter", "Voorzitter", "presidenta",
    "presidente", "président", "présidente", "voorzitter", "Προεδρευουσα", "Προεδρευων",
    "Προεδρεύουσα", "Προεδρεύων", "Προεδρος", "Πρόεδρος", "Συντονίστρια", "Συντονιστής",
    "Ведуча", "Ведучий", "Ведущая", "Ведущий", "Головуюча", "Головуючий", "Модератор",
    "Председатель", "Председательствующая", "Председательствующий", "היו\"ר", "יו\"ר",
    "מנחה", "الرئيس", "الرئيسة", "رئيس", "رئیس", "مجري", "مقدم", "अध्यक्ष", "सभापति",
    "ประธาน", "アンカー", "キャスター", "主席", "主持", "主持人", "主播", "事務局",
    "事務方", "司会", "司會", "委员长", "委員長", "幹事社", "広報官", "理事長", "議長",
    "议长", "進行", "사회", "사회자", "앵커", "위원장", "의장", "진행", "진행자",
};

/* Of an assembly: they ask officials. */
static const char *const members[] = {
    "委员", "委員", "議員", "议员", "위원", "의원",
};

/* Of an assembly: they give the floor. */
static const char *const chairs[] = {
    "主席", "会長", "委员长", "委員長", "會長", "議長", "议长", "위원장", "의장",
};

static const char *const organs[] = {
    "テレビ", "中心", "会", "公司", "协会", "協会", "協會", "卫视", "厅", "县", "台", "周刊", "報", "大学", "大學", "委",
    "室", "局", "市", "廳", "报", "放送", "新聞", "新闻", "新闻社", "日報", "日报", "早报", "时报", "時報", "晚報", "晚报",
    "會", "杂志", "株式会社", "电台", "电视台", "省", "研究所", "研究院", "社", "科", "網", "縣", "网", "署", "衛視", "課",
    "课", "通信", "通信社", "通訊社", "通讯社", "週刊", "部", "集团", "集團", "雜誌", "電台", "電視台", "경찰서", "공단", "공사", "교육청",
    "구청", "군청", "뉴스", "대학교", "도청", "방송", "법원", "병원", "소방서", "시청", "신문", "연구소", "연구원", "위원회",
    "은행", "일보", "재단", "조합", "통신", "협의회", "협회",
};

static const char *const asking_marks[] = {
    "DOMANDA", "Domanda", "F", "FRAGE", "Frage", "Fråga", "Hỏi", "Kysymys", "Kérdés",
    "Nachfrage", "Otázka", "PERGUNTA", "PREGUNTA", "Pergunta", "Pertanyaan", "Pregunta",
    "Pytanie", "Q", "QUESTION", "Question", "Soru", "Spørgsmål", "Spørsmål", "Tanya",
    "Vraag", "Zusatzfrage", "Întrebare", "Ερώτηση", "В", "Вопрос", "Въпрос", "Питання",
    "שאלה", "سؤال", "سوال", "प्रश्न", "ถาม", "問", "問題", "提問", "提问", "記者問",
    "记者问", "質問", "質詢", "质询", "追問", "追问", "问", "问题", "문", "질문", "질의",
};

static const char *const answering_marks[] = {
    "A", "ANSWER", "ANTWORT", "Answer", "Antwoord", "Antwort", "Cevap", "Jawab", "Jawaban",
    "Odpoveď", "Odpověď", "Odpowiedź", "RESPOSTA", "RESPUESTA", "RISPOSTA", "Resposta",
    "Respuesta", "Risposta", "RÉPONSE", "Réponse", "Răspuns", "Svar", "Vastaus", "Válasz",
    "Yanıt", "Đáp", "Απάντηση", "Відповідь", "О", "Ответ", "Отговор", "תשובה", "الجواب",
    "جواب", "پاسخ", "उत्तर", "ตอบ", "回复", "回应", "回應", "回答", "回覆", "答", "答复",
    "答弁", "答覆", "답", "답변",
};

static const struct fact_name fact_names[] = {
    {"aanwezig", FACT_OTHER}, {"aanwezigen", FACT_OTHER}, {"absent", FACT_OTHER},
    {"absenți", FACT_OTHER}, {"abstain", FACT_DECISION}, {"abstaining", FACT_DECISION}, {"abstentions", FACT_DECISION},
    {"abstimmung", FACT_DECISION}, {"abstimmungsergebnis", FACT_DECISION},
    {"abstract", FACT_OTHER}, {"acara", FACT_OTHER}, {"acta", FACT_OTHER},
    {"action", FACT_DECISION}, {"actionitem", FACT_DECISION}, {"actionitems", FACT_OTHER},
    {"acuerdo", FACT_DECISION}, {"acuerdos", FACT_DECISION}, {"added", FACT_OTHER},
    {"address", FACT_OTHER}, {"afgørelse", FACT_DECISION}, {"afstemning", FACT_DECISION}, {"afwezig", FACT_OTHER},
    {"against", FACT_DECISION}, {"agenda", FACT_OTHER}, {"agendapunten", FACT_OTHER}, {"agreed", FACT_DECISION},
    {"aihe", FACT_TITLE}, {"aika", FACT_DATE}, {"alsopresent", FACT_OTHER},
    {"alter", FACT_OTHER}, {"anmerkung", FACT_OTHER}, {"anmerkungen", FACT_OTHER}, {"anmärkning", FACT_OTHER}, {"answers", FACT_OTHER}, {"antrag", FACT_DECISION},
    {"anwesend", FACT_OTHER}, {"apologies", FACT_OTHER}, {"apologiesreceived", FACT_OTHER},
    {"architecture", FACT_OTHER}, {"argomento", FACT_TITLE}, {"argument", FACT_OTHER},
    {"arguments", FACT_OTHER}, {"asistentes", FACT_OTHER}, {"assenti", FACT_OTHER},
    {"assunto", FACT_TITLE}, {"asunto", FACT_OTHER}, {"attendees", FACT_OTHER},
    {"attention", FACT_OTHER}, {"audio", FACT_OTHER}, {"aufnahme", FACT_OTHER},
    {"ausentes", FACT_OTHER}, {"author", FACT_OTHER}, {"avertissement", FACT_OTHER}, {"avisaulecteur", FACT_OTHER}, {"aviso", FACT_OTHER}, {"avstemning", FACT_DECISION},
    {"avvertenza", FACT_OTHER}, {"ayes", FACT_DECISION}, {"background", FACT_OTHER}, {"balsavimas", FACT_DECISION}, {"balsojums", FACT_DECISION}, {"bcc", FACT_OTHER},
    {"beginn", FACT_OTHER}, {"bemærk", FACT_OTHER}, {"bemærkning", FACT_OTHER}, {"beruf", FACT_OTHER}, {"beschluss", FACT_DECISION},
    {"beschlüsse", FACT_DECISION}, {"besluit", FACT_DECISION}, {"beslut", FACT_DECISION},
    {"beslutning", FACT_DECISION}, {"bug", FACT_OTHER}, {"bugfix", FACT_OTHER},
    {"bugs", FACT_OTHER}, {"build-depends", FACT_OTHER}, {"carried", FACT_DECISION},
    {"case", FACT_OTHER}, {"caseno", FACT_OTHER}, {"casenumber", FACT_OTHER},
    {"catatan", FACT_OTHER}, {"category", FACT_OTHER}, {"caution", FACT_OTHER}, {"cc", FACT_OTHER},
    {"change", FACT_OTHER}, {"changed", FACT_OTHER}, {"changes", FACT_OTHER},
    {"chủđề", FACT_TITLE}, {"classification", FACT_OTHER}, {"closes", FACT_OTHER},
    {"comment", FACT_OTHER}, {"compatibility", FACT_OTHER}, {"conflicts", FACT_OTHER},
    {"contact", FACT_OTHER}, {"convidados", FACT_OTHER}, {"copyright", FACT_OTHER},
    {"credits", FACT_OTHER}, {"dagordning", FACT_OTHER}, {"dagsorden", FACT_OTHER},
    {"danger", FACT_OTHER}, {"data", FACT_DATE}, {"dataeora", FACT_DATE},
    {"date", FACT_DATE}, {"dateandtime", FACT_DATE}, {"dated", FACT_DATE},
    {"dateofinterview", FACT_DATE}, {"dato", FACT_DATE}, {"datum", FACT_DATE},
    {"dauer", FACT_OTHER}, {"debug", FACT_OTHER}, {"decision", FACT_DECISION},
    {"decisions", FACT_DECISION}, {"default", FACT_OTHER}, {"deliberazione", FACT_DECISION},
    {"deliberação", FACT_DECISION}, {"deltagare", FACT_OTHER}, {"depends", FACT_OTHER},
    {"deprecated", FACT_OTHER}, {"description", FACT_OTHER}, {"details", FACT_OTHER},
    {"dia", FACT_DATE}, {"disclaimer", FACT_OTHER}, {"distribution", FACT_OTHER},
    {"docket", FACT_OTHER}, {"duración", FACT_OTHER}, {"durata", FACT_OTHER},
    {"duration", FACT_OTHER}, {"duração", FACT_OTHER}, {"durée", FACT_OTHER},
    {"duur", FACT_OTHER}, {"dátum", FACT_DATE}, {"décision", FACT_DECISION},
    {"décisions", FACT_DECISION}, {"délibération", FACT_DECISION}, {"día", FACT_DATE},
    {"e-mail", FACT_OTHER}, {"edad", FACT_OTHER}, {"editedby", FACT_OTHER},
    {"email", FACT_OTHER}, {"emne", FACT_TITLE}, {"end", FACT_OTHER}, {"ende", FACT_OTHER},
    {"ended", FACT_OTHER}, {"endtime", FACT_OTHER}, {"enregistrement", FACT_OTHER},
    {"entretien", FACT_OTHER}, {"entrevista", FACT_OTHER}, {"entschuldigt", FACT_OTHER},
    {"episode", FACT_OTHER}, {"ergebnis", FACT_DECISION}, {"error", FACT_OTHER},
    {"errors", FACT_OTHER}, {"esityslista", FACT_OTHER}, {"età", FACT_OTHER},
    {"example", FACT_OTHER}, {"excused", FACT_OTHER}, {"excusés", FACT_OTHER},
    {"fax", FACT_OTHER}, {"feature", FACT_OTHER}, {"features", FACT_OTHER},
    {"fecha", FACT_DATE}, {"file", FACT_OTHER}, {"filename", FACT_OTHER},
    {"files", FACT_OTHER}, {"fixed", FACT_OTHER}, {"fixes", FACT_OTHER},
    {"fixme", FACT_OTHER}, {"forfall", FACT_OTHER}, {"format", FACT_OTHER},
    {"fraværende", FACT_OTHER}, {"from", FACT_OTHER}, {"frånvarande", FACT_OTHER},
    {"geschlecht", FACT_OTHER}, {"ghichú", FACT_OTHER}, {"grabación", FACT_OTHER}, {"gravação", FACT_OTHER},
    {"guests", FACT_OTHER}, {"gäste", FACT_OTHER}, {"gündem", FACT_OTHER},
    {"głosowanie", FACT_DECISION}, {"haastattelu", FACT_OTHER}, {"hadir", FACT_OTHER},
    {"hari/tanggal", FACT_DATE}, {"határozat", FACT_DECISION}, {"helyszín", FACT_VENUE},
    {"heure", FACT_DATE}, {"hint", FACT_OTHER}, {"hints", FACT_OTHER},
    {"hinweis", FACT_OTHER}, {"hinweise", FACT_OTHER}, {"hlasovanie", FACT_DECISION}, {"hlasování", FACT_DECISION}, {"homepage", FACT_OTHER}, {"hora", FACT_DATE},
    {"horaire", FACT_DATE}, {"hostname", FACT_OTHER}, {"hotărâre", FACT_DECISION},
    {"http", FACT_OTHER}, {"https", FACT_OTHER}, {"huomautus", FACT_OTHER}, {"hääletus", FACT_DECISION}, {"idade", FACT_OTHER},
    {"időpont", FACT_DATE}, {"important", FACT_OTHER}, {"inattendance", FACT_OTHER},
    {"infavor", FACT_DECISION}, {"infavour", FACT_DECISION}, {"info", FACT_OTHER}, {"ingredients", FACT_OTHER}, {"input", FACT_OTHER},
    {"interview", FACT_OTHER}, {"interviewdate", FACT_DATE},
    {"intervieweename", FACT_OTHER}, {"interviewno", FACT_OTHER},
    {"interviewnumber", FACT_OTHER}, {"interviewwith", FACT_OTHER},
    {"intervista", FACT_OTHER}, {"inthechair", FACT_OTHER}, {"invitados", FACT_OTHER},
    {"invités", FACT_OTHER}, {"isbn", FACT_OTHER}, {"issn", FACT_OTHER},
    {"jelenvannak", FACT_OTHER}, {"karar", FACT_DECISION}, {"katılımcılar", FACT_OTHER},
    {"keputusan", FACT_DECISION}, {"kesto", FACT_OTHER}, {"keywords", FACT_OTHER},
    {"kontakt", FACT_OTHER}, {"konu", FACT_TITLE}, {"language", FACT_OTHER},
    {"length", FACT_OTHER}, {"licence", FACT_OTHER}, {"license", FACT_OTHER},
    {"lieu", FACT_VENUE}, {"lieudenaissance", FACT_OTHER}, {"link", FACT_OTHER},
    {"links", FACT_OTHER}, {"local", FACT_VENUE}, {"location", FACT_VENUE},
    {"locul", FACT_VENUE}, {"lugar", FACT_VENUE}, {"luogo", FACT_VENUE},
    {"läsnä", FACT_OTHER}, {"lēmums", FACT_DECISION}, {"lưuý", FACT_OTHER}, {"maintainer", FACT_OTHER}, {"meeting", FACT_OTHER},
    {"meetingid", FACT_OTHER}, {"megjegyzés", FACT_OTHER}, {"memberspresent", FACT_OTHER}, {"merknad", FACT_OTHER}, {"miejsce", FACT_VENUE},
    {"miesto", FACT_VENUE}, {"moción", FACT_DECISION}, {"moderators", FACT_OTHER},
    {"motion", FACT_DECISION}, {"movedby", FACT_DECISION}, {"music", FACT_OTHER},
    {"märkus", FACT_OTHER}, {"místo", FACT_VENUE}, {"name", FACT_OTHER}, {"napirend", FACT_OTHER},
    {"napomena", FACT_OTHER}, {"nays", FACT_DECISION}, {"nb", FACT_OTHER}, {"new", FACT_OTHER},
    {"nextsteps", FACT_OTHER}, {"ngày", FACT_DATE}, {"nieobecni", FACT_OTHER},
    {"noes", FACT_DECISION}, {"nota", FACT_OTHER}, {"notas", FACT_OTHER}, {"note", FACT_OTHER}, {"notes", FACT_OTHER},
    {"notice", FACT_OTHER}, {"notulis", FACT_OTHER}, {"notulist", FACT_OTHER},
    {"notă", FACT_OTHER}, {"nutarta", FACT_DECISION}, {"närvarande", FACT_OTHER}, {"nóta", FACT_OTHER}, {"obecni", FACT_OTHER}, {"obecny", FACT_OTHER},
    {"objet", FACT_OTHER}, {"observación", FACT_OTHER}, {"observação", FACT_OTHER}, {"oggetto", FACT_TITLE}, {"omluveni", FACT_OTHER},
    {"omröstning", FACT_DECISION}, {"onderwerp", FACT_TITLE}, {"opmerking", FACT_OTHER}, {"opomba", FACT_OTHER}, {"option", FACT_OTHER},
    {"options", FACT_OTHER}, {"ordemdodia", FACT_OTHER}, {"ordendeldía", FACT_OTHER},
    {"ordineadezi", FACT_OTHER}, {"ordinedelgiorno", FACT_OTHER},
    {"ordredujour", FACT_OTHER}, {"ort", FACT_VENUE}, {"ospiti", FACT_OTHER},
    {"otsus", FACT_DECISION}, {"outcome", FACT_DECISION}, {"output", FACT_OTHER}, {"oylama", FACT_DECISION}, {"package", FACT_OTHER},
    {"paikka", FACT_VENUE}, {"panelists", FACT_OTHER}, {"panellists", FACT_OTHER},
    {"parameter", FACT_OTHER}, {"parameters", FACT_OTHER}, {"participantes", FACT_OTHER},
    {"participants", FACT_OTHER}, {"pastaba", FACT_OTHER}, {"performance", FACT_OTHER}, {"peserta", FACT_OTHER},
    {"phone", FACT_OTHER}, {"piezīme", FACT_OTHER}, {"plaats", FACT_VENUE}, {"place", FACT_VENUE},
    {"placeofinterview", FACT_OTHER}, {"plats", FACT_VENUE}, {"poissa", FACT_OTHER},
    {"portability", FACT_OTHER}, {"porządekobrad", FACT_OTHER},
    {"posted", FACT_PUBLISHED},
    {"poznámka", FACT_OTHER}, {"present", FACT_OTHER},
    {"presentes", FACT_OTHER}, {"presenti", FACT_OTHER}, {"presents", FACT_OTHER},
    {"prezenți", FACT_OTHER}, {"priority", FACT_OTHER}, {"problem", FACT_OTHER},
    {"producedby", FACT_OTHER}, {"producer", FACT_OTHER}, {"profesión", FACT_OTHER},
    {"profession", FACT_OTHER}, {"profissão", FACT_OTHER}, {"program", FACT_OTHER},
    {"project", FACT_OTHER}, {"protokoll", FACT_OTHER}, {"protokollant", FACT_OTHER},
    {"protokollführer", FACT_OTHER}, {"protokollführerin", FACT_OTHER},
    {"provides", FACT_OTHER}, {"présents", FACT_OTHER}, {"pseudonym", FACT_OTHER},
    {"pseudonyme", FACT_OTHER},
    {"published", FACT_PUBLISHED},
    {"publishedon", FACT_PUBLISHED},
    {"purpose", FACT_OTHER}, {"päivämäärä", FACT_DATE},
    {"päätös", FACT_DECISION}, {"přítomni", FACT_OTHER}, {"quorum", FACT_OTHER},
    {"quórum", FACT_OTHER}, {"rationale", FACT_OTHER}, {"raum", FACT_VENUE},
    {"re", FACT_TITLE}, {"recommends", FACT_OTHER}, {"recorded", FACT_DATE},
    {"recordedby", FACT_OTHER}, {"recordedon", FACT_DATE}, {"ref", FACT_OTHER},
    {"reference", FACT_OTHER}, {"referent", FACT_OTHER}, {"registrazione", FACT_OTHER},
    {"registro", FACT_OTHER}, {"regrets", FACT_OTHER}, {"remarks", FACT_OTHER},
    {"remarque", FACT_OTHER}, {"removed", FACT_OTHER}, {"replaces", FACT_OTHER}, {"required", FACT_OTHER},
    {"requirements", FACT_OTHER}, {"requires", FACT_OTHER}, {"resolution", FACT_DECISION},
    {"resolutions", FACT_DECISION}, {"resolved", FACT_DECISION}, {"result", FACT_OTHER},
    {"resztvevők", FACT_OTHER}, {"returns", FACT_OTHER}, {"room", FACT_VENUE},
    {"rozhovor", FACT_OTHER}, {"rédacteur", FACT_OTHER}, {"rédigépar", FACT_OTHER},
    {"résztvevők", FACT_OTHER}, {"saal", FACT_VENUE}, {"sala", FACT_VENUE},
    {"salle", FACT_VENUE}, {"seconded", FACT_DECISION}, {"secondedby", FACT_DECISION},
    {"secrétairedeséance", FACT_OTHER}, {"section", FACT_OTHER}, {"security", FACT_OTHER},
    {"seealso", FACT_OTHER}, {"sent", FACT_OTHER}, {"serves", FACT_OTHER},
    {"session", FACT_OTHER}, {"show", FACT_OTHER}, {"signed", FACT_OTHER},
    {"sitzungsleitung", FACT_OTHER}, {"solution", FACT_OTHER}, {"source", FACT_SOURCE},
    {"speakers", FACT_OTHER}, {"staffpresent", FACT_OTHER},
    {"standards-version", FACT_OTHER}, {"start", FACT_OTHER}, {"started", FACT_OTHER},
    {"starttime", FACT_OTHER}, {"status", FACT_OTHER}, {"sted", FACT_VENUE},
    {"stemming", FACT_DECISION}, {"subiect", FACT_TITLE}, {"subject", FACT_TITLE},
    {"subjects", FACT_OTHER}, {"suggests", FACT_OTHER}, {"sujet", FACT_OTHER},
    {"summary", FACT_OTHER}, {"synopsis", FACT_OTHER}, {"syntax", FACT_OTHER},
    {"szavazás", FACT_DECISION}, {"süre", FACT_OTHER}, {"tagesordnung", FACT_OTHER}, {"tags", FACT_OTHER},
    {"tanggal", FACT_DATE}, {"tarih", FACT_DATE}, {"teilnehmer", FACT_OTHER},
    {"tel", FACT_OTHER}, {"telephone", FACT_OTHER}, {"tema", FACT_OTHER},
    {"temat", FACT_TITLE}, {"tempat", FACT_VENUE}, {"thema", FACT_OTHER},
    {"thànhphần", FACT_OTHER}, {"thànhphầnthamdự", FACT_OTHER}, {"thờigian", FACT_DATE},
    {"tid", FACT_DATE}, {"tijd", FACT_DATE}, {"tilstede", FACT_OTHER}, {"time", FACT_DATE},
    {"tip", FACT_OTHER}, {"titel", FACT_TITLE}, {"title", FACT_TITLE},
    {"titre", FACT_TITLE}, {"to", FACT_OTHER}, {"todo", FACT_OTHER}, {"topic", FACT_TITLE},
    {"topics", FACT_OTHER}, {"transcribedby", FACT_OTHER}, {"transcriber", FACT_OTHER},
    {"transcripción", FACT_OTHER}, {"transcript", FACT_OTHER},
    {"transcription", FACT_OTHER}, {"transcrição", FACT_OTHER}, {"transkript", FACT_OTHER},
    {"transkription", FACT_OTHER}, {"trascrizione", FACT_OTHER}, {"type", FACT_OTHER},
    {"téma", FACT_TITLE}, {"título", FACT_TITLE}, {"uchwała", FACT_DECISION},
    {"uchwały", FACT_DECISION}, {"uczestnicy", FACT_OTHER}, {"uhrzeit", FACT_DATE}, {"update", FACT_OTHER},
    {"updates", FACT_OTHER}, {"uploaders", FACT_OTHER}, {"upozornenie", FACT_OTHER}, {"upozornění", FACT_OTHER}, {"upstream-contact", FACT_OTHER},
    {"upstream-name", FACT_OTHER}, {"url", FACT_OTHER}, {"usage", FACT_OTHER},
    {"usnesení", FACT_DECISION}, {"uwaga", FACT_OTHER}, {"uznesenie", FACT_DECISION}, {"varighet", FACT_OTHER}, {"vedtak", FACT_DECISION}, {"venue", FACT_VENUE},
    {"verfasser", FACT_OTHER}, {"version", FACT_OTHER}, {"video", FACT_OTHER},
    {"vot", FACT_DECISION}, {"votación", FACT_DECISION}, {"votation", FACT_DECISION},
    {"votazione", FACT_DECISION}, {"votação", FACT_DECISION}, {"vote", FACT_DECISION},
    {"votefinal", FACT_DECISION}, {"votering", FACT_DECISION}, {"votes", FACT_DECISION}, {"vắngmặt", FACT_OTHER},
    {"warning", FACT_OTHER}, {"web", FACT_OTHER}, {"website", FACT_OTHER},
    {"when", FACT_DATE}, {"where", FACT_VENUE}, {"witnesses", FACT_OTHER},
    {"wywiad", FACT_OTHER}, {"yeas", FACT_DECISION}, {"yer", FACT_VENUE}, {"yield", FACT_OTHER}, {"zeit", FACT_DATE},
    {"âge", FACT_OTHER}, {"ämne", FACT_TITLE}, {"äänestys", FACT_DECISION}, {"účastníci", FACT_OTHER},
    {"địađiểm", FACT_VENUE}, {"απόφαση", FACT_DECISION}, {"ημερ/νία", FACT_DATE}, {"ημερομηνία", FACT_DATE},
    {"θέμα", FACT_TITLE}, {"παρόντες", FACT_OTHER}, {"σημείωση", FACT_OTHER}, {"τόπος", FACT_VENUE},
    {"ψηφοφορία", FACT_DECISION}, {"возраст", FACT_OTHER}, {"время", FACT_DATE}, {"гласање", FACT_DECISION}, {"гласуване", FACT_DECISION}, {"голосование", FACT_DECISION},
    {"голосування", FACT_DECISION}, {"дата", FACT_DATE}, {"датаивремя", FACT_DATE}, {"датум", FACT_DATE},
    {"длительность", FACT_OTHER}, {"дневенред", FACT_OTHER}, {"дневниред", FACT_OTHER},
    {"забележка", FACT_OTHER}, {"запись", FACT_OTHER}, {"интервью", FACT_OTHER}, {"место", FACT_VENUE},
    {"местопроведения", FACT_VENUE}, {"місце", FACT_VENUE}, {"напомена", FACT_OTHER}, {"одлука", FACT_DECISION}, {"отсутствовали", FACT_OTHER},
    {"повестка", FACT_OTHER}, {"повесткадня", FACT_OTHER}, {"порядокденний", FACT_OTHER},
    {"постановили", FACT_DECISION}, {"председательзаседания", FACT_OTHER},
    {"примечание", FACT_OTHER}, {"примітка", FACT_OTHER}, {"присутні", FACT_OTHER}, {"присутствовали", FACT_OTHER}, {"присутствуют", FACT_OTHER},
    {"присъстват", FACT_OTHER}, {"расшифровка", FACT_OTHER}, {"решение", FACT_DECISION},
    {"решили", FACT_DECISION}, {"рішення", FACT_DECISION}, {"секретарьзаседания", FACT_OTHER}, {"тема", FACT_TITLE},
    {"учасники", FACT_OTHER}, {"участники", FACT_OTHER}, {"час", FACT_DATE},
    {"חבריהוועדה", FACT_OTHER}, {"חבריהכנסת", FACT_OTHER}, {"חברייהוועדה", FACT_OTHER},
    {"ייעוץמשפטי", FACT_OTHER}, {"מוזמנים", FACT_OTHER}, {"מנהלהוועדה", FACT_OTHER},
    {"מנהלתהוועדה", FACT_OTHER}, {"מקום", FACT_VENUE}, {"משתתפים", FACT_OTHER},
    {"נוכחים", FACT_OTHER}, {"נושא", FACT_TITLE}, {"נכחו", FACT_OTHER},
    {"סדרהיום", FACT_OTHER}, {"קצרנית", FACT_OTHER}, {"רישוםפרלמנטרי", FACT_OTHER},
    {"תאריך", FACT_DATE}, {"التاريخ", FACT_DATE}, {"الحاضرون", FACT_OTHER},
    {"الحضور", FACT_OTHER}, {"الغائبون", FACT_OTHER}, {"المدة", FACT_OTHER},
    {"المشاركون", FACT_OTHER}, {"المكان", FACT_VENUE}, {"الموضوع", FACT_TITLE},
    {"الوقت", FACT_DATE}, {"تاریخ", FACT_DATE}, {"جدولالأعمال", FACT_OTHER},
    {"حاضران", FACT_OTHER}, {"دستورجلسه", FACT_OTHER}, {"موضوع", FACT_TITLE},
    {"مکان", FACT_VENUE}, {"उपस्थित", FACT_OTHER}, {"उपस्थिति", FACT_OTHER},
    {"कार्यसूची", FACT_OTHER}, {"तिथि", FACT_DATE}, {"दिनांक", FACT_DATE},
    {"विषय", FACT_TITLE}, {"समय", FACT_DATE}, {"स्थान", FACT_VENUE},
    {"ผู้มาประชุม", FACT_OTHER}, {"ผู้เข้าร่วมประชุม", FACT_OTHER},
    {"ระเบียบวาระการประชุม", FACT_OTHER}, {"วันที่", FACT_DATE}, {"สถานที่", FACT_VENUE},
    {"เรื่อง", FACT_TITLE}, {"เวลา", FACT_DATE}, {"お問い合わせ", FACT_OTHER},
    {"キーワード", FACT_OTHER}, {"与会人", FACT_OTHER}, {"与会人员", FACT_OTHER},
    {"与会者", FACT_OTHER}, {"主持", FACT_OTHER}, {"主題", FACT_TITLE},
    {"主题", FACT_TITLE}, {"事件", FACT_OTHER}, {"件名", FACT_TITLE}, {"件数", FACT_OTHER},
    {"优化", FACT_OTHER}, {"会場", FACT_VENUE}, {"会議名", FACT_TITLE},
    {"会議日時", FACT_DATE}, {"会议主题", FACT_TITLE}, {"会议名称", FACT_TITLE},
    {"会议地点", FACT_VENUE}, {"会议时间", FACT_DATE}, {"传真", FACT_OTHER},
    {"住所", FACT_OTHER}, {"作者", FACT_OTHER}, {"來源", FACT_SOURCE},
    {"保存日時", FACT_SAVED}, {"保存日期", FACT_SAVED}, {"修复", FACT_OTHER},
    {"修復", FACT_OTHER}, {"修正", FACT_OTHER}, {"備註", FACT_OTHER}, {"優化", FACT_OTHER},
    {"儲存日期", FACT_DATE},
    {"內容提要", FACT_OTHER},
    {"公報", FACT_OTHER},
    {"公開日", FACT_PUBLISHED},
    {"公開日時", FACT_PUBLISHED},
    {"关键词", FACT_OTHER},
    {"内容提要", FACT_OTHER},
    {"写真", FACT_OTHER}, {"出典", FACT_SOURCE}, {"出处", FACT_OTHER}, {"出席", FACT_OTHER},
    {"出席人员", FACT_OTHER}, {"出席人員", FACT_OTHER}, {"出席者", FACT_OTHER},
    {"出處", FACT_OTHER},
    {"刊登日期", FACT_PUBLISHED},
    {"列席", FACT_OTHER}, {"列席人員", FACT_OTHER},
    {"列席者", FACT_OTHER}, {"删除", FACT_OTHER}, {"刪除", FACT_OTHER},
    {"削除", FACT_OTHER}, {"危险", FACT_OTHER}, {"危険", FACT_OTHER},
    {"参会人", FACT_OTHER}, {"参会人员", FACT_OTHER}, {"参加人员", FACT_OTHER},
    {"参加者", FACT_OTHER}, {"参考", FACT_OTHER}, {"參加人員", FACT_OTHER},
    {"參會人", FACT_OTHER}, {"发件人", FACT_OTHER}, {"发布人", FACT_OTHER},
    {"发布日期", FACT_PUBLISHED}, {"发布时间", FACT_PUBLISHED}, {"发布者", FACT_OTHER},
    {"发表时间", FACT_PUBLISHED},
    {"变更", FACT_OTHER}, {"合议庭", FACT_OTHER}, {"問合せ先", FACT_OTHER},
    {"嘉宾名单", FACT_OTHER}, {"图", FACT_OTHER}, {"图源", FACT_OTHER},
    {"图片", FACT_OTHER}, {"圖", FACT_OTHER}, {"圖片", FACT_OTHER}, {"地址", FACT_OTHER},
    {"地点", FACT_VENUE}, {"地點", FACT_VENUE}, {"場所", FACT_VENUE}, {"备注", FACT_OTHER},
    {"変更", FACT_OTHER},
    {"審校", FACT_OTHER},
    {"对象", FACT_OTHER},
    {"小贴士", FACT_OTHER},
    {"廃止", FACT_OTHER}, {"开庭地点", FACT_VENUE}, {"开庭时间", FACT_DATE},
    {"弃用", FACT_OTHER}, {"录音", FACT_OTHER}, {"担当", FACT_OTHER},
    {"排版", FACT_OTHER},
    {"掲載日", FACT_PUBLISHED},
    {"掲載日時", FACT_PUBLISHED},
    {"提示", FACT_OTHER},
    {"提要", FACT_OTHER},
    {"摄影", FACT_OTHER}, {"摘要", FACT_OTHER}, {"撮影", FACT_OTHER}, {"撰文", FACT_OTHER},
    {"攝影", FACT_OTHER}, {"收件人", FACT_OTHER}, {"改善", FACT_OTHER},
    {"改进", FACT_OTHER}, {"改進", FACT_OTHER}, {"整理", FACT_OTHER},
    {"文字來源", FACT_SOURCE}, {"文字来源", FACT_SOURCE}, {"新增", FACT_OTHER},
    {"日付", FACT_DATE}, {"日時", FACT_DATE}, {"日時等", FACT_DATE}, {"日期", FACT_DATE},
    {"时间", FACT_DATE}, {"時間", FACT_DATE}, {"更新", FACT_OTHER},
    {"更新日", FACT_PUBLISHED},
    {"更新日時", FACT_PUBLISHED},
    {"更新日期", FACT_PUBLISHED},
    {"更新时间", FACT_PUBLISHED},
    {"更新時間", FACT_PUBLISHED},
    {"會場", FACT_VENUE},
    {"會議主題", FACT_TITLE}, {"會議名稱", FACT_TITLE}, {"會議地點", FACT_VENUE},
    {"會議時間", FACT_DATE}, {"来源", FACT_SOURCE}, {"标题", FACT_TITLE},
    {"校对", FACT_OTHER},
    {"校對", FACT_OTHER},
    {"校正", FACT_OTHER},
    {"案件", FACT_OTHER}, {"案号", FACT_OTHER}, {"案由", FACT_OTHER},
    {"案號", FACT_OTHER},
    {"梗概", FACT_OTHER},
    {"棄用", FACT_OTHER},
    {"概要", FACT_OTHER},
    {"標題", FACT_TITLE}, {"欠席", FACT_OTHER},
    {"欠席者", FACT_OTHER}, {"次第", FACT_OTHER}, {"注", FACT_OTHER}, {"注意", FACT_OTHER},
    {"消息來源", FACT_SOURCE}, {"消息分组", FACT_OTHER}, {"消息对象", FACT_OTHER},
    {"消息来源", FACT_SOURCE}, {"电话", FACT_OTHER}, {"番組名", FACT_TITLE},
    {"發佈日期", FACT_PUBLISHED},
    {"發佈時間", FACT_PUBLISHED}, {"發布人", FACT_OTHER},
    {"發布日期", FACT_PUBLISHED},
    {"發布時間", FACT_PUBLISHED},
    {"發表時間", FACT_PUBLISHED},
    {"禁止", FACT_OTHER}, {"移除", FACT_OTHER},
    {"简介", FACT_OTHER},
    {"簡介", FACT_OTHER},
    {"簡要", FACT_OTHER},
    {"紀錄", FACT_OTHER},
    {"編者按", FACT_OTHER},
    {"編輯", FACT_OTHER},
    {"编者按", FACT_OTHER},
    {"编辑", FACT_OTHER}, {"缺席", FACT_OTHER}, {"联系人", FACT_OTHER},
    {"联系电话", FACT_OTHER}, {"聯絡人", FACT_OTHER}, {"與會人", FACT_OTHER},
    {"與會者", FACT_OTHER}, {"节目名称", FACT_TITLE}, {"补充说明", FACT_OTHER},
    {"補足", FACT_OTHER}, {"要約", FACT_OTHER}, {"記錄", FACT_OTHER},
    {"記錄人", FACT_OTHER}, {"註", FACT_OTHER}, {"說明", FACT_OTHER}, {"調整", FACT_OTHER},
    {"警告", FACT_OTHER}, {"議事日程", FACT_OTHER}, {"議程", FACT_OTHER},
    {"議題", FACT_OTHER}, {"變更", FACT_OTHER}, {"议程", FACT_OTHER}, {"议题", FACT_OTHER},
    {"记录", FACT_OTHER}, {"记录人", FACT_OTHER}, {"说明", FACT_OTHER},
    {"调整", FACT_OTHER}, {"責任編輯", FACT_OTHER}, {"資料", FACT_OTHER},
    {"資料來源", FACT_SOURCE}, {"责任编辑", FACT_OTHER}, {"辦法", FACT_OTHER},
    {"追加", FACT_OTHER}, {"連絡先", FACT_OTHER}, {"配布資料", FACT_OTHER},
    {"重要", FACT_OTHER}, {"錄音", FACT_OTHER}, {"開催場所", FACT_VENUE},
    {"開催日", FACT_DATE}, {"開催日時", FACT_DATE}, {"開庭地點", FACT_VENUE},
    {"開庭時間", FACT_DATE}, {"關鍵詞", FACT_OTHER}, {"附", FACT_OTHER},
    {"附注", FACT_OTHER}, {"電話", FACT_OTHER}, {"非推奨", FACT_OTHER},
    {"題目", FACT_TITLE}, {"题目", FACT_TITLE}, {"개선", FACT_OTHER},
    {"개요", FACT_OTHER},
    {"게시일", FACT_PUBLISHED},
    {"경고", FACT_OTHER},
    {"관련", FACT_OTHER}, {"기록", FACT_OTHER}, {"날짜", FACT_DATE}, {"담당", FACT_OTHER},
    {"대담", FACT_OTHER},
    {"등록일", FACT_PUBLISHED},
    {"면담자", FACT_OTHER}, {"문의", FACT_OTHER},
    {"발행일", FACT_PUBLISHED},
    {"방송", FACT_OTHER}, {"방송일시", FACT_DATE}, {"배석", FACT_OTHER},
    {"변경", FACT_OTHER}, {"비고", FACT_OTHER}, {"사건", FACT_OTHER}, {"사진", FACT_OTHER},
    {"삭제", FACT_OTHER}, {"생년월일", FACT_OTHER}, {"수정", FACT_OTHER},
    {"수정일", FACT_PUBLISHED},
    {"안건", FACT_OTHER}, {"연구참여자", FACT_OTHER}, {"요약", FACT_OTHER},
    {"의안", FACT_OTHER}, {"인터뷰어", FACT_OTHER}, {"인터뷰이", FACT_OTHER},
    {"일시", FACT_DATE},
    {"입력", FACT_PUBLISHED},
    {"작성", FACT_OTHER},
    {"작성일", FACT_PUBLISHED},
    {"장소", FACT_VENUE},
    {"장소및일시", FACT_OTHER}, {"저장한날짜", FACT_SAVED}, {"전화", FACT_OTHER},
    {"제거", FACT_OTHER}, {"제목", FACT_TITLE}, {"조사일시", FACT_DATE},
    {"주소", FACT_OTHER}, {"주의", FACT_OTHER}, {"진행", FACT_OTHER},
    {"참가자", FACT_OTHER}, {"참고", FACT_OTHER}, {"참석", FACT_OTHER},
    {"참석자", FACT_OTHER}, {"참석자명단", FACT_OTHER}, {"채널", FACT_OTHER},
    {"추가", FACT_OTHER}, {"출연", FACT_OTHER}, {"출연자", FACT_OTHER},
    {"출처", FACT_SOURCE}, {"키워드", FACT_OTHER},
    {"편집", FACT_OTHER},
    {"프로그램", FACT_TITLE},
    {"회의명", FACT_TITLE}, {"회의제목", FACT_TITLE},
};

/* Something held and recorded, together with its end; in lower case. A chair who ends it uses
 * other words: "is adjourned", "est levée", "è tolta". */
static const char *const meetings[] = {
    "assembly", "audience", "audiencia", "audition", "briefing", "committee", "conference", "council",
    "hearing", "house", "incident", "interview", "keskustelu", "parliament", "sabha", "senate", "sessió",
    "istunto", "kokous", "meeting", "möte", "mødet", "møte", "posiedzeni", "rapat", "sammanträde", "pressekonferenz", "recording", "reunião", "reunión", "riunione",
    "réunion", "seduta", "sesión", "sessie", "session", "sessão", "sitting", "sitzung", "séance",
    "schůz", "sidang", "şedinţa", "toplantı", "transcription", "vergadering", "versammlung", "ședința", "ülés", "заседани",
    "kammaren", "συνεδρίαση", "совещани", "ישיבה", "הישיבה", "الجلسة",
};

static const char *const endings[] = {
    "adjourned at", "avslutades", "berakhir", "closed", "concluded", "concluye", "encerrou", "ended", "ende der", "endete", "finalizó",
    "gesloten", "est clos", "s'aixeca", "s-a încheiat", "then adjourned", "hevet", "hævet", "levanta", "levantó", "levée à", "prend fin", "rose at", "s'achève",
    "päättyi", "s'est achevée", "schluss der",
    "schluß der", "si chiude", "skončil", "slutt", "termina alle", "terminou", "terminó",
    "was adjourned", "zakończ", "закончил", "закрылось", "åtskildes", "λύεται", "λύθηκε", "έληξε", "ננעלה", "رفعت",
};
/* What an assembly deals with, or the assembly itself, and what it did or what became of it; in
 * lower case. */
static const char *const matters[] = {
    "acta", "amendement", "amendment", "antrag", "article", "assembly", "asunto", "articolo", "beschlussvorlage",
    "ausschuss", "bill", "chamber", "clause", "clerk", "comisión", "comissão", "comité", "commissie", "commission", "commissione", "committee", "council", "debate", "einstimmig", "emenda", "emendamento", "enmienda",
    "house", "item", "keskustelu", "minutes", "moción", "motie", "motion", "moção", "mozione", "order", "ordinance", "parliament",
    "proposal", "proposición", "proposta", "propuesta", "question", "requerimento", "resolution", "résolution",
    "roll", "senate", "sitting", "vote", "wniosek", "überweisung", "голосование", "поправка", "предложение", "решение", "рішення",
};
static const char *const dealings[] = {
    "aangenomen", "abgelehnt", "accordingly", "adjourned", "adopta ", "adopte ", "adopted", "adopté", "approva ", "aprova ", "aprueba ", "autorise ", "autorizza ", "agreed to", "angenommen", "approvata",
    "approvato", "approved", "aprobada", "aprobado", "aprovada", "aprovado", "called the roll", "carried", "defeated", "délibère ", "désigne ", "examine ", "divided",
    "failed", "laid on the", "lost", "mise aux voix", "mis aux voix", "negatived", "passed", "proposed", "put and", "put.", "päättyi", "rechazada", "rechazado",
    "rejected", "rejeita ", "rejeitada", "rejeitado", "rejetée", "rejeté", "rejette ", "rechaza ", "respinge ", "resolved in the", "respinta", "respinto", "resumed", "rose at", "seconded",
    "suspended", "taken", "verworpen", "was called", "withdrawn", "зачитано", "отклонено", "принята", "принято", "przyjęty", "przyjęto", "read the",
    "überwiesen", "прийнято", "відхилено",
};

/* Reactions of an assembly; in lower case. */
static const char *const reactions[] = {
    "applaudissements", "applausi", "applause", "aplausos", "applaus", "beifall", "bifall", "commenti", "commotion", "crosstalk",
    "exclamations", "gelächter", "heiterkeit", "hilaritat", "ilarità", "interjections", "interruption", "interruptions", "interruzioni",
    "lachen", "laughter", "murmures", "murmullos", "oklaski", "pausa", "proteste", "protestos", "protestas", "protestations", "risas", "risos", "rires", "rumores", "rumori",
    "sourires", "unruhe", "uproar", "wesołość", "zuruf", "zurufe", "аплодисменты", "оплески", "смех", "шум", "шум в зале",
};
static const char *const hours[] = {"eran las ", "era la una ", "eram ", "era uma hora ", NULL};

/* A line with one of these is somebody's words, or more than a note. */
static const char *const tellers[] = {
    "i ", "we ", "you ", "my ", "our ", "your ", "let ", "is ", "are ", "will ", "would ",
    "should ", "do ", "ich ", "wir ", "wird ", "est ", "sont ", "je ", "nous ", "es ", "è ",
    "se ", "si ", "est-ce ",
};
/* clang-format on */

#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* Whether a word sorts after the bytes of `s`. */
static bool sorts_behind(const char *word, struct span s)
{
    size_t i;

    for (i = 0; i < s.length; i++)
        if (word[i] != s.data[i] || word[i] == '\0') /* `s` may hold NUL */
            return (unsigned char)word[i] > (unsigned char)s.data[i];
    return word[i] != '\0';
}

static size_t first_character_bytes(const char *word)
{
    size_t bytes = 1;

    while (utf8_is_continuation(word[bytes]))
        bytes++;
    return bytes;
}

/* How many bytes at their fronts a word and `s` share. */
static size_t shared_bytes(const char *word, struct span s)
{
    size_t bytes = 0;

    while (bytes < s.length && word[bytes] != '\0' && word[bytes] == s.data[bytes])
        bytes++;
    return bytes;
}

/* Length of the longest word of a table at the front of `s`; 0 for none. Such words sort at or
 * before `s`. If the last word that does is none of them, they are no longer than what it
 * shares with `s`, which is at least a character. */
static size_t longest_front(const char *const *words, size_t count, struct span s)
{
    for (;;) {
        size_t low = 0;
        size_t high = count;
        size_t shared;

        while (low < high) {
            size_t middle = low + (high - low) / 2;

            if (sorts_behind(words[middle], s))
                high = middle;
            else
                low = middle + 1;
        }
        if (low == 0)
            return 0;
        shared = shared_bytes(words[low - 1], s);
        if (words[low - 1][shared] == '\0')
            return shared;
        if (shared < first_character_bytes(words[low - 1]))
            return 0;
        s.length = shared;
        count = low - 1;
    }
}

static bool is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_word_byte(char c)
{
    return is_ascii_letter(c) || (c & 0x80) != 0;
}

/* Whether a byte begins a letter of a script that sets blanks between words: Latin to Arabic.
 */
static bool is_of_words_apart(char c)
{
    return is_ascii_letter(c) || ((unsigned char)c >= 0xC3 && (unsigned char)c <= 0xDB);
}

enum place { ANYWHERE, AT_END, NEAR_END };

/* Whether a word may end before this: at the end of the label, at a sign, or (NEAR_END) before
 * one last letter, since offices may have a suffix (議員ら, 위원님). */
static bool ends_word(struct span rest, enum place place)
{
    uint32_t cp;
    size_t used;

    if (place == ANYWHERE || rest.length == 0)
        return true;
    used = utf8_decode(rest.data, rest.length, &cp);
    return !folded_is_letter(cp) || (place == NEAR_END && used == rest.length);
}

/* The tables that are searched for at every letter of a label. */
enum word_set {
    SET_TITLES,
    SET_ASKERS,
    SET_OUTLETS,
    SET_HOSTS,
    SET_CHAIRS,
    SET_MEMBERS,
    SET_ASKING_MARKS,
    SET_ANSWERING_MARKS,
    SETS
};

static const struct {
    const char *const *words;
    size_t count;
} word_sets[SETS] = {
    [SET_TITLES] = {titles, LENGTH(titles)},
    [SET_ASKERS] = {askers, LENGTH(askers)},
    [SET_OUTLETS] = {outlets, LENGTH(outlets)},
    [SET_HOSTS] = {hosts, LENGTH(hosts)},
    [SET_CHAIRS] = {chairs, LENGTH(chairs)},
    [SET_MEMBERS] = {members, LENGTH(members)},
    [SET_ASKING_MARKS] = {asking_marks, LENGTH(asking_marks)},
    [SET_ANSWERING_MARKS] = {answering_marks, LENGTH(answering_marks)},
};

/* By a hash of up to three bytes, the sets (1 << enum word_set) with a word that begins so, or
 * is no longer. Hardly any letter of a label begins a word, so hardly any table is searched.
 * Written once. */
enum { FRONT_BITS = 13, FRONT_BYTES = 3 };

static uint8_t front_sets[1 << FRONT_BITS];
static pthread_once_t front_sets_once = PTHREAD_ONCE_INIT;

static size_t hash_front(const char *s, size_t bytes)
{
    uint32_t front = 0;

    for (size_t i = 0; i < bytes; i++)
        front |= (uint32_t)(unsigned char)s[i] << i * 8;
    return front * UINT32_C(0x9E3779B1) >> (32 - FRONT_BITS);
}

static void find_front_sets(void)
{
    size_t set, i;

    for (set = 0; set < SETS; set++)
        for (i = 0; i < word_sets[set].count; i++) {
            const char *word = word_sets[set].words[i];

            front_sets[hash_front(word, strnlen(word, FRONT_BYTES))] |= (uint8_t)(1u << set);
        }
}

/* The length of the longest word of a set at the front of `s`, which is not empty; 0 for
 * none. */
static size_t longest_of_set(enum word_set set, struct span s)
{
    unsigned sets = front_sets[hash_front(s.data, 1)];

    if (s.length > 1)
        sets |= front_sets[hash_front(s.data, 2)];
    if (s.length > 2)
        sets |= front_sets[hash_front(s.data, FRONT_BYTES)];
    return (sets >> set & 1) != 0 ? longest_front(word_sets[set].words, word_sets[set].count, s)
                                  : 0;
}

/* Whether the label has a word of the set: East Asian words at this place, Latin ones as whole
 * words. */
static bool holds(enum word_set set, struct span label, enum place place)
{
    size_t at;

    pthread_once(&front_sets_once, find_front_sets);
    for (at = 0; at < label.length; at++) {
        struct span rest = span_skip(label, at);
        size_t used;

        if (utf8_is_continuation(*rest.data) ||
            (is_of_words_apart(*rest.data) && at > 0 && is_word_byte(label.data[at - 1])))
            continue;
        used = longest_of_set(set, rest);
        if (used == 0)
            continue;
        if (is_ascii_letter(*rest.data) ? used == rest.length || !is_word_byte(rest.data[used])
                                        : ends_word(span_skip(rest, used), place))
            return true;
    }
    return false;
}

/* Whether two capitals may stand side by side: ASCII ones do, or the label has letters from
 * U+00C0 to U+043F. */
static bool may_be_in_capitals(struct span label)
{
    bool capital = false;
    size_t i;

    for (i = 0; i < label.length; i++) {
        unsigned char c = (unsigned char)label.data[i];
        bool upper = c >= 'A' && c <= 'Z';

        if ((capital && upper) || (c >= 0xC3 && c <= 0xD0))
            return true;
        capital = upper;
    }
    return false;
}

/* MINISTRO as Ministro; false if no word is in capitals or the label is too long. The length
 * stays the same. */
static bool without_capitals(struct span label, char *out, size_t capacity)
{
    bool any = false, capital = false;
    size_t at = 0;

    if (label.length > capacity || !may_be_in_capitals(label))
        return false;
    while (at < label.length) {
        uint32_t cp;
        size_t bytes = utf8_decode(label.data + at, label.length - at, &cp);
        bool upper = folded_is_upper(cp);
        bool inner = capital && upper;

        capital = upper;
        if (inner && utf8_encode(folded_lower(cp), out + at) == bytes)
            any = true;
        else
            memcpy(out + at, label.data + at, bytes);
        at += bytes;
    }
    return any;
}

/* 里長, 消防員, 工程师: offices and occupations end in one of three characters; so do a few
 * other words. */
static bool ends_in_calling(struct span label)
{
    static const char *const ends[] = {"長", "长", "員", "员", "師", "师"};
    static const char *const others[] = {
        "成長", "生長", "增長", "増長", "延長", "擅長", "專長", "専長", "特長", "身長", "全長",
        "波長", "助長", "伸長", "冗長", "成长", "生长", "增长", "延长", "擅长", "专长", "特长",
        "身长", "全长", "波长", "助长", "人員", "人员", "全員", "全员", "動員", "动员", "定員",
        "定员", "增員", "増員", "減員", "减员", "滿員", "满员", "裁員", "裁员", NULL};
    size_t i;

    if (span_ends_with(label, ")")) /* 里長（結語） */
        label.length = span_find(label, '(');
    if (label.length < 6 || label.length > CALLING_BYTES_MAX)
        return false;
    for (i = 0; i < LENGTH(ends); i++)
        if (span_ends_with(label, ends[i]))
            break;
    if (i == LENGTH(ends))
        return false;
    if (span_ends_with_any(label, others))
        return false;
    return true;
}

bool vocabulary_is_title(struct span label)
{
    return label.length > 0 && longest_front(titles, LENGTH(titles), label) == label.length;
}

bool vocabulary_has_title(struct span label)
{
    char plain[LABEL_BYTES_MAX + UTF8_MAX_BYTES];

    return ends_in_calling(label) || holds(SET_TITLES, label, NEAR_END) ||
           (without_capitals(label, plain, LABEL_BYTES_MAX) &&
            holds(SET_TITLES, span_of(plain, label.length), NEAR_END));
}

/* The start of a line in lower case. */
static struct span lower_front(struct span line, char *lower, size_t most)
{
    size_t at = 0, used = 0;

    while (at < line.length && used < most) {
        uint32_t cp;

        at += utf8_decode(line.data + at, line.length - at, &cp);
        used += utf8_encode(folded_lower(cp), lower + used);
    }
    return span_of(lower, used);
}

bool vocabulary_is_anonymous(struct span label)
{
    static const char *const articles[] = {
        "A",       "Alcuni", "An",     "Des",    "Een",   "Ein",     "Eine",
        "Enkele",  "Otra",   "Otro",   "Outra",  "Outro", "Mehrere", "Plusieurs",
        "Several", "Some",   "Um",     "Uma",    "Un",    "Una",     "Une",
        "Unos",    "Vari",   "Varios", "Várias", "Vários"};
    static const char *const people[] = {
        "abgeordnet", "conseill",    "consiglier", "deputad", "deputat",  "diputad",   "député",
        "member",     "parlamentar", "senador",    "senator", "sénateur", "sénatrice", NULL};
    char lower[LABEL_BYTES_MAX + UTF8_MAX_BYTES];
    struct span rest = label;
    struct span word = span_take_until(&rest, ' ');
    size_t i;

    for (i = 0; i < LENGTH(articles) && !span_is(word, articles[i]); i++)
        continue;
    if (i == LENGTH(articles))
        return false;
    rest = lower_front(rest, lower, LABEL_BYTES_MAX);
    if (span_take(&rest, "hon"))
        span_take(&rest, ".");
    rest = span_trim(rest);
    return span_starts_with_any(rest, people);
}

bool vocabulary_is_part(struct span label)
{
    static const char *const parts[] = {
        "answer",      "facilitator", "guest",    "host",        "informant", "interviewee",
        "interviewer", "moderator",   "narrator", "participant", "question",  "researcher",
        "respondent",  "speaker",     "student",  "subject",     "teacher",   NULL};
    struct span stem = label;

    if (span_take_number_back(&stem) >= 0)
        stem = span_trim(stem);
    return span_is_any(stem, parts);
}

bool vocabulary_is_stage(struct span label)
{
    static const char *const words[] = {
        "画面", "畫面",   "字幕",     "镜头",   "鏡頭",      "空镜",   "空鏡",
        "音乐", "音樂",   "音楽",     "音效",   "配乐",      "配樂",   "片头",
        "片頭", "片尾",   "片花",     "转场",   "轉場",      "黑场",   "字卡",
        "动画", "動畫",   "映像",     "効果音", "テロップ",  "字幕条", "화면",
        "자막", "효과음", "배경음악", "음악",   "배경 음악", "BGM",    NULL};

    return span_is_any(label, words);
}

bool vocabulary_is_crowd(struct span label)
{
    static const char *const wholes[] = {"audience",      "audience member",
                                         "bekiáltás",     "bir milletvekili",
                                         "deputies",      "från salen",
                                         "hon members",   "hon. members",
                                         "interjections", "közbeszólás",
                                         "közbeszólások", "members",
                                         "no zāles",      "public",
                                         "rufe",          "senators",
                                         "stimmen",       "upadica",
                                         "voces",         "voci",
                                         "voices",        "voix",
                                         "vozes",         "zuruf",
                                         "zurufe",        "zwischenruf",
                                         "βουλευτές",     "с места",
                                         "от място",      NULL};
    static const char *const fronts[] = {
        "balsai iš",    "balsas iš", "des voix",   "din sală",     "głos z sali",
        "głosy z sali", "glas iz",   "glasovi iz", "hääl saalist", "hlas z",
        "hlasy z",      "una voce",  "una voz",    "uma voz",      "une voix",
        "voce da",      "voci da",   "voci din",   "μία φωνή",     "μια φωνή",
        "возглас",      "вопрос из", "глас из",    "гласове от",   "голос из",
        "голос с",      "голоса из", "голос із",   "из зала",      "із залу",
        "реплик",       "репліки",   NULL};
    char lower[LABEL_BYTES_MAX + UTF8_MAX_BYTES];
    struct span text;

    if (vocabulary_is_anonymous(label))
        return true;
    text = lower_front(label, lower, LABEL_BYTES_MAX);
    if (span_is_any(text, wholes))
        return true;
    return span_starts_with_any(text, fronts);
}

/* Two to four words that begin with capitals, in what was a sentence with a question mark. */
static bool is_call(struct span sentence)
{
    size_t words = 0;

    sentence = span_trim(sentence);
    while (sentence.length > 0) {
        struct span word = span_take_until(&sentence, ' ');
        uint32_t cp = 0;

        if (word.length == 0)
            continue;
        utf8_decode(word.data, word.length, &cp);
        if (!folded_is_upper(cp) && !span_is(word, "hon"))
            return false;
        words++;
    }
    return words >= 2 && words <= CALL_WORDS_MAX;
}

bool vocabulary_only_calls(struct span words)
{
    bool any = false;

    while (words.length > 0) {
        size_t end = span_find(words, '?');
        size_t from = end;

        if (end == words.length)
            break;
        while (from > 0 && memchr(".!:?", words.data[from - 1], 4) == NULL)
            from--;
        if (!is_call(span_of(words.data + from, end - from)))
            return false;
        any = true;
        words = span_skip(words, end + 1);
    }
    return any;
}

bool vocabulary_is_voice(struct span label)
{
    static const char *const stems[] = {"channel", "participant", "person", "speaker",
                                        "spk",     "spkr",        "voice"};
    struct span stem = label;
    size_t i, k;

    if (span_take_number_back(&stem) < 0)
        return false;
    if (stem.length > 0 && memchr("_- ", stem.data[stem.length - 1], 3) != NULL)
        stem.length--;
    for (i = 0; i < LENGTH(stems); i++) {
        if (stem.length != strlen(stems[i]))
            continue;
        for (k = 0; k < stem.length && (stem.data[k] | 0x20) == stems[i][k]; k++)
            continue;
        if (k == stem.length)
            return true;
    }
    return false;
}

/* BROWN, McCAIN: three capitals in a row. */
static bool has_capitals(struct span text)
{
    size_t run = 0;
    size_t i;

    for (i = 0; i < text.length && run < 3; i++)
        run = text.data[i] >= 'A' && text.data[i] <= 'Z' ? run + 1 : 0;
    return run == 3;
}

/* ACTING PRESIDENT pro tempore, Hon. J. A. COCKBURN, but not POSIX way of doing this. */
static bool is_office_in_capitals(struct span text)
{
    size_t capitals = 0, small = 0;
    bool last = false;

    text = span_of(text.data, span_find(text, '('));
    while (text.length > 0) {
        struct span word = span_take_until(&text, ' ');

        if (word.length == 0)
            continue;
        last = has_capitals(word);
        capitals += last;
        small += *word.data >= 'a' && *word.data <= 'z' && !span_is(word, "pro") &&
                 !span_is(word, "tempore");
    }
    return capitals > 0 && (last || small <= capitals);
}

bool vocabulary_is_addressed(struct span label)
{
    static const char *const forms[] = {"Mr",  "Mrs",     "Ms",  "Miss", "Dr",  "Hon",
                                        "Sen", "Senator", "Rep", "M",    "Mme", "Mlle",
                                        "Sr",  "Sra",     "The", "An",   "Sir", "Dame"};
    struct span rest = label;
    struct span word = span_take_until(&rest, ' ');
    size_t i, k;

    while (word.length > 0 && word.data[word.length - 1] == '.')
        word.length--;
    for (i = 0; i < LENGTH(forms); i++) {
        if (word.length != strlen(forms[i]))
            continue;
        for (k = 0; k < word.length && (word.data[k] | 0x20) == (forms[i][k] | 0x20); k++)
            continue;
        if (k == word.length)
            break;
    }
    if (i == LENGTH(forms) || rest.length < 3 || memchr(rest.data, ',', rest.length) != NULL)
        return false;
    return span_is(word, "The") || span_is(word, "An") ? is_office_in_capitals(rest)
                                                       : has_capitals(rest);
}

bool vocabulary_is_witness(struct span key)
{
    static const char *const words[] = {"witness", "deponent", "interviewee", "testigo",
                                        "témoin",  "zeuge",    "testimone",   "證人",
                                        "证人",    "証人",     "증인",        NULL};

    return span_contains_any(key, words);
}

/* The same, also for words in capitals. */
static bool holds_in_any_case(enum word_set set, struct span label)
{
    char plain[LABEL_BYTES_MAX + UTF8_MAX_BYTES];

    return holds(set, label, ANYWHERE) || (without_capitals(label, plain, LABEL_BYTES_MAX) &&
                                           holds(set, span_of(plain, label.length), ANYWHERE));
}

bool vocabulary_has_asker(struct span label)
{
    return holds_in_any_case(SET_ASKERS, label) || holds(SET_OUTLETS, label, AT_END);
}

bool vocabulary_has_host(struct span label)
{
    return holds_in_any_case(SET_HOSTS, label);
}

bool vocabulary_has_chair(struct span label)
{
    return holds(SET_CHAIRS, label, ANYWHERE);
}

/* 林委員秀芬: the title between surname and given name. */
static bool holds_inner_title(struct span label)
{
    size_t at;

    for (at = 3; at <= 6 && at < label.length && label.length <= 18; at += 3) {
        size_t used = longest_front(members, LENGTH(members), span_skip(label, at));
        struct span given = span_skip(label, at + used);

        if (used > 0 && given.length > 0 && given.length <= 9 &&
            !span_starts_with(given, "会") && !span_starts_with(given, "會"))
            return true;
    }
    return false;
}

bool vocabulary_is_numeral(uint32_t cp)
{
    static const char han[] = "〇一二三四五六七八九十百壹貳參肆伍陸柒捌玖拾贰叁陆";
    char text[UTF8_MAX_BYTES + 1] = "";

    if (cp < 0x80)
        return cp >= '0' && cp <= '9';
    utf8_encode(cp, text);
    return cp >= 0x3007 && cp <= 0x9FFF && strstr(han, text) != NULL;
}

bool vocabulary_has_member(struct span label)
{
    size_t digits = 0;
    size_t used;
    uint32_t cp;

    while (digits < label.length &&
           (used = utf8_decode(label.data + digits, label.length - digits, &cp)) > 0 &&
           vocabulary_is_numeral(cp))
        digits += used;
    /* 3番（三浦梢君）, 十二番: a seat */
    return !vocabulary_has_chair(label) &&
           ((span_ends_with(label, "君") && label.length <= 21) ||
            holds(SET_MEMBERS, label, NEAR_END) || holds_inner_title(label) ||
            (digits > 0 && span_starts_with(span_skip(label, digits), "番")));
}

bool vocabulary_ends_in_body(struct span word)
{
    size_t i;

    for (i = 0; i < LENGTH(organs); i++)
        if (span_ends_with(word, organs[i]) &&
            (word.length > strlen(organs[i]) || word.length >= BODY_BYTES_MIN))
            return true;
    return false;
}

bool vocabulary_begins_with_level(struct span text)
{
    static const char *const levels[] = {
        "CRITICAL", "DEBUG",    "ERROR", "FATAL", "INFO",   "NOTICE", "TRACE",   "WARN",
        "WARNING",  "debug",    "error", "info",  "notice", "warn",   "warning", "情報",
        "エラー",   "デバッグ", "信息",  "致命",  "警告",   "注意",   "错误",    "錯誤",
        "调试",     "資訊",     "除錯",  "严重",  "嚴重",   "重大",   "경고",    "디버그",
        "오류",     "정보",     "에러",  "심각"};
    size_t i;

    for (i = 0; i < LENGTH(levels); i++) {
        struct span rest;

        if (text.length == 0 || *text.data != *levels[i])
            continue;
        rest = span_skip(text, strlen(levels[i]));
        if (span_starts_with(text, levels[i]) &&
            (rest.length == 0 || !is_word_byte(*rest.data) || span_starts_with(rest, "］") ||
             span_starts_with(rest, "】") || span_starts_with(rest, "：")))
            return true;
    }
    return false;
}

static bool holds_any(struct span line, const char *const *words, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        const char *found = memmem(line.data, line.length, words[i], strlen(words[i]));

        if (found != NULL && (found == line.data || !is_word_byte(found[-1])))
            return true;
    }
    return false;
}

bool vocabulary_is_end(struct span line)
{
    char lower[LABEL_BYTES_MAX * 2 + UTF8_MAX_BYTES];
    size_t at = 0, used = 0;

    if (line.length >= LABEL_BYTES_MAX * 2)
        return false;
    while (at < line.length && used < LABEL_BYTES_MAX * 2) {
        uint32_t cp;

        at += utf8_decode(line.data + at, line.length - at, &cp);
        used += utf8_encode(folded_lower(cp), lower + used);
    }
    line = span_of(lower, used);
    if (span_starts_with_any(line, hours))
        return true;
    return holds_any(line, meetings, LENGTH(meetings)) &&
           holds_any(line, endings, LENGTH(endings));
}

/* Whether any of these words occurs at the start of a word in the line. */
static bool holds_word(struct span line, const char *const *words, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        struct span rest = line;
        const char *found;

        while ((found = memmem(rest.data, rest.length, words[i], strlen(words[i]))) != NULL) {
            if (found == line.data || !is_word_byte(found[-1]) ||
                (unsigned char)*words[i] >= 0xE3) /* no blanks between East Asian words */
                return true;
            rest = span_skip(rest, (size_t)(found - rest.data) + 1);
        }
    }
    return false;
}

/* Whether nothing follows a stop, except behind a single letter as in "p.m.". */
static bool is_one_sentence(struct span line)
{
    size_t letters = 0;
    size_t i;

    for (i = 0; i + 1 < line.length; i++) {
        if (line.data[i] == '.' && line.data[i + 1] == ' ' && letters > 1)
            return false;
        letters = is_word_byte(line.data[i]) ? letters + 1 : 0;
    }
    return true;
}

/* How many clock readings such as 10.35 or 10:35 a line holds. */
static size_t count_clocks(struct span line)
{
    size_t clocks = 0;
    size_t i;

    for (i = 1; i + 2 < line.length; i++)
        clocks += (line.data[i] == '.' || line.data[i] == ':' || line.data[i] == 'h') &&
                  line.data[i - 1] >= '0' && line.data[i - 1] <= '9' &&
                  line.data[i + 1] >= '0' && line.data[i + 1] <= '5' &&
                  line.data[i + 2] >= '0' && line.data[i + 2] <= '9';
    return clocks;
}

/* "Eran las dos y diez de la tarde.", "Risos.", "Aplausos do PV."; the line is in lower
 * case. */
static bool is_hour_or_reaction(struct span line)
{
    size_t i;

    if (span_starts_with(line, "it was ") && line.length <= HOUR_BYTES_MAX &&
        count_clocks(line) == 1)
        return true;
    if (span_starts_with_any(line, hours))
        return true;
    for (i = 0; i < LENGTH(reactions); i++)
        if (span_starts_with(line, reactions[i]) && line.length <= REACTION_BYTES_MAX &&
            strlen(reactions[i]) < line.length &&
            !is_word_byte(line.data[strlen(reactions[i])]))
            return true;
    return false;
}

/* "La seduta, sospesa alle 13,20, è ripresa alle 15.": a meeting stopped and went on. The line
 * is in lower case. */
static bool states_suspension(struct span line)
{
    static const char *const stops[] = {"geschorst", "sospesa",  "suspended",    "suspendida",
                                        "suspendue", "suspensa", "unterbrochen", "zawieszon"};
    static const char *const starts[] = {
        "fortgesetzt", "hervat",  "reaberta",        "reanuda",           "reprise",
        "resumed",     "ripresa", "wieder eröffnet", "wiederaufgenommen", "wznowi"};

    /* A Dutch chair says "Ik schors de vergadering." */
    if (holds_word(line, stops, 1) && holds_word(line, meetings, LENGTH(meetings)))
        return true;
    if ((span_starts_with(line, "at ") || span_starts_with(line, "alle ")) &&
        count_clocks(line) == 1 && is_one_sentence(line) &&
        holds_word(line, meetings, LENGTH(meetings)) &&
        (holds_word(line, stops, LENGTH(stops)) || holds_word(line, starts, LENGTH(starts))))
        return true;
    return holds_word(line, stops, LENGTH(stops)) &&
           (holds_word(line, starts, LENGTH(starts)) ||
            (holds_word(line, meetings, LENGTH(meetings)) && count_clocks(line) >= 2));
}

bool vocabulary_is_procedure(struct span line)
{
    char lower[PROCEDURE_BYTES_MAX + UTF8_MAX_BYTES];

    bool comma = memchr(line.data, ',', line.length) != NULL;

    if (line.length > PROCEDURE_BYTES_MAX || memchr(line.data, '?', line.length) != NULL)
        return false;
    line = lower_front(line, lower, PROCEDURE_BYTES_MAX);
    if (states_suspension(line))
        return true;
    if (comma)
        return false;
    if (is_hour_or_reaction(line))
        return true;
    return holds_word(line, dealings, LENGTH(dealings)) &&
           holds_word(
               span_of(line.data, line.length < MATTER_BYTES ? line.length : MATTER_BYTES),
               matters, LENGTH(matters)) &&
           !holds_word(line, tellers, LENGTH(tellers));
}

bool vocabulary_names_faq(struct span line)
{
    static const char *const names[] = {"faq",
                                        "f.a.q.",
                                        "frequently asked",
                                        "frequent questions",
                                        "common questions",
                                        "foire aux questions",
                                        "questions fréquentes",
                                        "häufige fragen",
                                        "häufig gestellte",
                                        "fragen und antworten zu",
                                        "preguntas frecuentes",
                                        "perguntas frequentes",
                                        "domande frequenti",
                                        "veelgestelde vragen",
                                        "vanliga frågor",
                                        "ofte stilte spørsmål",
                                        "ofte stillede spørgsmål",
                                        "usein kysytt",
                                        "najczęściej zadawane",
                                        "często zadawane",
                                        "často kladené",
                                        "gyakori kérdések",
                                        "sık sorulan",
                                        "întrebări frecvente",
                                        "часто задаваемые",
                                        "поширені запитання",
                                        "συχνές ερωτήσεις",
                                        "よくある質問",
                                        "よくあるご質問",
                                        "常见问题",
                                        "常見問題",
                                        "자주 묻는 질문"};
    char lower[PROCEDURE_BYTES_MAX + UTF8_MAX_BYTES];

    return holds_word(lower_front(line, lower, PROCEDURE_BYTES_MAX), names, LENGTH(names));
}

bool vocabulary_is_tape_line(struct span line)
{
    static const char *const fronts[] = {"begin", "beginning", "conclusion", "continuation",
                                         "einde", "end",       "ende",       "fim",
                                         "fin",   "fine",      "koniec",     "slut",
                                         "start", "конец",     "начало",     "кінець"};
    static const char *const nouns[] = {
        "aufnahme",   "band ",         "cassette", "cinta",    "disc ",     "entretien",
        "entrevista", "enregistr",     "file",     "gespräch", "grabación", "gravação",
        "interview",  "intervista",    "kassette", "nagrani",  "opname",    "recording",
        "reel",       "registrazione", "session",  "side",     "tape",      "track",
        "transcript", "wywiad",        "запис",    "интервью", "кассет",    "інтерв"};
    char lower[TAPE_BYTES_MAX + UTF8_MAX_BYTES];
    struct span text, front;
    size_t i;

    if (line.length > TAPE_BYTES_MAX)
        return false;
    text = lower_front(line, lower, TAPE_BYTES_MAX);
    /* Tape 2, Side B */
    if ((span_starts_with(text, "tape ") || span_starts_with(text, "side ")) &&
        memchr(text.data, '.', text.length) == NULL && text.length <= TAPE_BYTES_MAX / 2 &&
        (span_take_number_back(&text) >= 0 || text.data[text.length - 2] == ' '))
        return true;
    front = span_take_until(&text, ' ');
    for (i = 0; i < LENGTH(fronts) && !span_is(front, fronts[i]); i++)
        continue;
    return i < LENGTH(fronts) && holds_word(text, nouns, LENGTH(nouns));
}

/* Whether a line says what kind of record it heads: a press conference, minutes, a talk. */
bool vocabulary_names_record(struct span line)
{
    static const char *const kinds[] = {"会見",
                                        "會見",
                                        "记者会",
                                        "記者會",
                                        "发布会",
                                        "發布會",
                                        "記者招待會",
                                        "记者招待会",
                                        "会議",
                                        "會議",
                                        "会议",
                                        "委員会",
                                        "議事録",
                                        "会議録",
                                        "会议纪要",
                                        "實錄",
                                        "实录",
                                        "笔录",
                                        "筆錄",
                                        "访谈",
                                        "訪談",
                                        "专访",
                                        "專訪",
                                        "採訪",
                                        "采访",
                                        "对话",
                                        "對話",
                                        "対談",
                                        "座談",
                                        "座谈",
                                        "答记者问",
                                        "答記者問",
                                        "インタビュー",
                                        "尋問",
                                        "調書",
                                        "신문조서",
                                        "談話",
                                        "谈话",
                                        "問答",
                                        "问答",
                                        "회의",
                                        "회견",
                                        "브리핑",
                                        "인터뷰",
                                        "대담",
                                        "좌담",
                                        "청문",
                                        "토론",
                                        "press conference",
                                        "briefing",
                                        "interview",
                                        "minutes",
                                        "hearing",
                                        "transcript",
                                        "debate",
                                        "meeting",
                                        "compte rendu",
                                        "conferencia",
                                        "conferenza",
                                        "conférence",
                                        "deposition",
                                        "entretien",
                                        "entrevista",
                                        "hansard",
                                        "intervista",
                                        "mitschrift",
                                        "oral history",
                                        "pressekonferenz",
                                        "proceedings",
                                        "protokoll",
                                        "resoconto",
                                        "stenogra",
                                        "verslag",
                                        "wywiad",
                                        "стенограм",
                                        "интервью",
                                        "інтерв",
                                        "пресс-конференци",
                                        "заседани",
                                        NULL};
    char lower[PROCEDURE_BYTES_MAX + UTF8_MAX_BYTES];

    line = lower_front(line, lower, PROCEDURE_BYTES_MAX);
    return span_contains_any(line, kinds);
}

/* Controls of the page around a text: "Skip to content", 目次, 바로가기, ページの先頭へ. The
 * more common the words are, the more of the line they must be; sentences do not count. */
bool vocabulary_is_page_control(struct span line)
{
    static const char *const anywhere[] = {
        "바로가기",     "바로 가기",         "글자크기",   "글자 크기",      "불러오는 중",
        "ページの先頭", "ページトップ",      "文字サイズ", "文字の大きさ",   "主なメニュー",
        "共通メニュー", "共通のメニュー",    "読み飛ばす", "本文にジャンプ", "寄給朋友",
        "網站導覽",     "网站导航",          "字体：",     "字體：",         "字号：",
        "字號：",       "정부 누리집입니다", NULL};
    static const char *const starts[] = {
        "skip to ", "back to top", "table of contents", "맨위로",   "このページ", "パンくず",
        "本文へ",   "跳至主要",    "跳到主要",          "跳至内容", "跳到内容",   "當前位置",
        "当前位置", "您的位置",    "您现在的位置",      "正在加载", "分享到",     NULL};
    static const char *const wholes[] = {
        "menu",   "home",   "print",    "share",      "contents", "본문",   "인쇄",
        "목차",   "공유",   "닫기",     "本文",       "目次",     "目录",   "目錄",
        "印刷",   "打印",   "列印",     "分享",       "首页",     "首頁",   "返回",
        "登录",   "登入",   "搜索",     "×",          "ホーム",   "トップ", "메뉴",
        "簡體版", "繁體版", "メニュー", "見出し画像", NULL};
    static const char *const ends[] = {"검색", "검색하기", "기능메뉴", "설정메뉴",   "検索",
                                       "搜索", "查询",     "查詢",     "メニューへ", NULL};
    char lower[PROCEDURE_BYTES_MAX + UTF8_MAX_BYTES];

    if (line.length >= PROCEDURE_BYTES_MAX * 2)
        return false;
    line = folded_trim(lower_front(line, lower, PROCEDURE_BYTES_MAX));
    if (span_contains_any(line, anywhere))
        return true;
    if (folded_ends_sentence(line))
        return false;
    if (span_is_any(line, wholes))
        return true;
    if (line.length <= CONTROL_BYTES_MAX && span_ends_with_any(line, ends))
        return true;
    return span_starts_with_any(line, starts);
}

enum addressed_person vocabulary_person_of(struct span question)
{
    static const char *const first[] = {"i ",    "i'm ", "my ",   "me ", "ich ",
                                        "mein",  "mir ", "mich ", "je ", "j'ai ",
                                        "j’ai ", "mon ", "ma ",   "mes "};
    static const char *const second[] = {"you",  "sie ",  "ihr",  "ihnen ", "du ",  "dein",
                                         "vous", "votre", "vos ", "tu ",    "ton ", "ta "};
    char lower[PROCEDURE_BYTES_MAX + UTF8_MAX_BYTES];
    struct span line = lower_front(question, lower, PROCEDURE_BYTES_MAX);

    return holds_word(line, second, LENGTH(second)) ? PERSON_SECOND
           : holds_word(line, first, LENGTH(first)) ? PERSON_FIRST
                                                    : PERSON_NONE;
}

bool vocabulary_knows_persons(struct span text)
{
    static const char *const words[] = {" the ", " and ", " of ",  " is ",  " der ", " und ",
                                        " ist ", " die ", " les ", " des ", " est ", " et "};
    size_t found = 0;
    size_t i;

    text.length = text.length < SAMPLE_BYTES_MAX ? text.length : SAMPLE_BYTES_MAX;
    for (i = 0; i < LENGTH(words); i++)
        found += memmem(text.data, text.length, words[i], strlen(words[i])) != NULL;
    return found > 1;
}

static bool begins_with_thanks(struct span words)
{
    static const char *const thanks[] = {
        "Thank",        "Many thanks",   "Merci",    "Gracias",   "Muchas gracias",
        "Obrigad",      "Muito obrigad", "Grazie",   "Danke",     "Vielen Dank",
        "Dank u",       "Bedankt",       "Tack",     "Takk",      "Je vous remercie",
        "Le agradezco", "Dziękuję",      "Děkuji",   "Mulțumesc", "Teşekkür",
        "Terima kasih", "Kiitos",        "Köszönöm", "Спасибо",   "Благодарю",
        "Дякую",        "Ευχαριστ",      "شكر",      NULL};

    return span_starts_with_any(words, thanks);
}

static const char *const cjk_thanks[] = {
    "谢谢",       "謝謝",   "感谢",       "感謝",         "多謝",       "多谢",     "唔該",
    "ありがとう", "有難う", "감사합니다", "감사드립니다", "고맙습니다", "고마워요", NULL};
static struct word_finder cjk_thanks_finder;
static pthread_once_t cjk_thanks_once = PTHREAD_ONCE_INIT;

static void build_cjk_thanks(void)
{
    word_finder_build(&cjk_thanks_finder, cjk_thanks);
}

/* "好的，谢谢您。", 오늘 말씀 고맙습니다.: East Asian thanks are in the last sentence. */
static bool ends_with_thanks(struct span words)
{
    static const char *const stops[] = {"。", "！", ". ", "! "};
    struct span last = words;
    size_t i;

    pthread_once(&cjk_thanks_once, build_cjk_thanks);
    if (!word_finder_is_in(&cjk_thanks_finder, words))
        return false;
    for (i = 0; i < LENGTH(stops); i++) {
        const char *stop;

        while ((stop = memmem(last.data, last.length, stops[i], strlen(stops[i]))) != NULL &&
               (size_t)(stop - last.data) + strlen(stops[i]) < last.length)
            last = span_skip(last, (size_t)(stop - last.data) + strlen(stops[i]));
    }
    return word_finder_is_in(&cjk_thanks_finder, last);
}

bool vocabulary_only_thanks(struct span words)
{
    return (words.length <= THANKS_BYTES_MAX && begins_with_thanks(words)) ||
           (words.length <= CJK_THANKS_BYTES_MAX && ends_with_thanks(words));
}

bool vocabulary_hands_on(struct span words)
{
    return words.length <= HANDS_ON_BYTES_MAX && begins_with_thanks(words);
}

static int compare_fact(const void *key, const void *row)
{
    return strcmp(key, ((const struct fact_name *)row)->name);
}

/* East Asian names of facts consist of two words: 询问地点, 出席議員, 開始時間. */
static enum fact_kind fact_by_parts(struct span name)
{
    static const struct fact_name ends[] = {
        {"时间", FACT_DATE},         {"時間", FACT_DATE},         {"日期", FACT_DATE},
        {"日時", FACT_DATE},         {"일시", FACT_DATE},         {"날짜", FACT_DATE},
        {"地点", FACT_VENUE},        {"地點", FACT_VENUE},        {"場所", FACT_VENUE},
        {"장소", FACT_VENUE},        {"编号", FACT_OTHER},        {"編號", FACT_OTHER},
        {"代码", FACT_OTHER},        {"代碼", FACT_OTHER},        {"姓名", FACT_OTHER},
        {"名单", FACT_OTHER},        {"名單", FACT_OTHER},        {"名簿", FACT_OTHER},
        {"번호", FACT_OTHER},        {"명단", FACT_OTHER},        {"決議", FACT_DECISION},
        {"决议", FACT_DECISION},     {"議決", FACT_DECISION},     {"決定", FACT_DECISION},
        {"决定", FACT_DECISION},     {"결정", FACT_DECISION},     {"의결", FACT_DECISION},
        {"결의", FACT_DECISION},     {"決議事項", FACT_DECISION}, {"决议事项", FACT_DECISION},
        {"決定事項", FACT_DECISION}, {"결정사항", FACT_DECISION}, {"의결사항", FACT_DECISION},
        {"합의사항", FACT_DECISION}, {"議決事項", FACT_DECISION}, {"사항", FACT_OTHER},
        {"事項", FACT_OTHER},        {"事项", FACT_OTHER},        {"声明", FACT_OTHER},
        {"聲明", FACT_OTHER},
    };
    static const struct fact_name fronts[] = {
        {"原文来自", FACT_SOURCE}, {"原文來自", FACT_SOURCE}, {"文章来源", FACT_SOURCE},
        {"文章來源", FACT_SOURCE}, {"转载自", FACT_SOURCE},   {"轉載自", FACT_SOURCE},
        {"转自", FACT_SOURCE},     {"轉自", FACT_SOURCE},     {"文字整理", FACT_OTHER},
        {"责任编辑", FACT_OTHER},  {"責任編輯", FACT_OTHER},  {"图片来源", FACT_OTHER},
        {"圖片來源", FACT_OTHER},
    };
    static const char *const attendance[] = {
        "参加", "參加", "出席", "缺席", "列席", "欠席", "請假", "请假", "参会", "參會",
        "与会", "與會", "到场", "到場", "到庭", "在场", "在場", "참석", "출석"};
    size_t i;

    if (name.length == 0 || name.length > PARTS_BYTES_MAX)
        return FACT_NONE;
    /* 참석자 1: a participant, as recognisers number them. */
    if (name.data[name.length - 1] >= '0' && name.data[name.length - 1] <= '9')
        return FACT_NONE;
    if (name.length > 1 && name.data[name.length - 1] >= 'a' &&
        name.data[name.length - 1] <= 'z' && (name.data[name.length - 2] & 0x80) != 0)
        return FACT_NONE; /* 参加者Ａ */
    for (i = 0; (name.data[name.length - 1] & 0x80) != 0 && i < LENGTH(ends); i++)
        if (span_ends_with(name, ends[i].name))
            return ends[i].kind;
    if ((*name.data & 0x80) == 0)
        return FACT_NONE;
    for (i = 0; i < LENGTH(fronts); i++)
        if (span_starts_with(name, fronts[i].name))
            return fronts[i].kind;
    for (i = 0; i < LENGTH(attendance); i++)
        if (name.length <= ATTENDANCE_BYTES_MAX && span_starts_with(name, attendance[i]))
            return FACT_OTHER;
    return FACT_NONE;
}

/* The length of a numeral or of a sign around one at the end of a name; 0 for none. */
static size_t numeral_bytes(struct span name, bool *number)
{
    static const char *const numerals[] = {"〇", "一", "二", "三", "四", "五", "六", "七",
                                           "八", "九", "十", "壹", "貳", "參", "肆", "伍"};
    static const char *const signs[] = {"第", "之", "号", "號", "案", "项",
                                        "項", "제", "호", "항", "（", "）"};
    size_t i;

    if (name.length > 0 && name.data[name.length - 1] >= '0' &&
        name.data[name.length - 1] <= '9') {
        *number = true;
        return 1;
    }
    if (name.length > 0 && memchr("()-.", name.data[name.length - 1], 4) != NULL)
        return 1;
    for (i = 0; i < LENGTH(numerals); i++)
        if (span_ends_with(name, numerals[i])) {
            *number = true;
            return strlen(numerals[i]);
        }
    for (i = 0; i < LENGTH(signs); i++)
        if (span_ends_with(name, signs[i]))
            return strlen(signs[i]);
    return 0;
}

/* 案由一, 議案第12号, 第三案, 안건 2: a numbered item of an East Asian agenda. */
static bool is_numbered_item(struct span name)
{
    static const char *const items[] = {
        "提",       "提案",     "臨時提",   "討論",     "讨论", "報告", "报告", "協議",
        "审议",     "審議",     "案由",     "議",       "议",   "議題", "议题", "事由",
        "議程",     "议程",     "日程",     "動議",     "动议", "課題", "議事", "報告事項",
        "报告事项", "討論事項", "讨论事项", "안건",     "의안", "의제", "사건", "協議事項",
        "審議事項", "보고사항", "토의사항", "심의사항", NULL};
    struct span stem = name;
    bool number = false;
    size_t bytes;

    while ((bytes = numeral_bytes(stem, &number)) > 0)
        stem.length -= bytes;
    if (!number || (*name.data & 0x80) == 0)
        return false;
    if (span_is_any(stem, items))
        return true;
    return stem.length == 0 && span_starts_with(name, "第");
}

static enum fact_kind fact_of_whole(struct span name)
{
    char key[WORD_BYTES_MAX];
    const struct fact_name *row;

    memcpy(key, name.data, name.length);
    key[name.length] = '\0';
    row = bsearch(key, fact_names, LENGTH(fact_names), sizeof *fact_names, compare_fact);
    return row != NULL ? row->kind : fact_by_parts(name);
}

/* 日時及び場所, 編輯及排版, 장소 및 일시: two names of facts, joined. */
static enum fact_kind fact_of_two(struct span name)
{
    static const char *const joints[] = {"及び", "及", "與", "与", "和",
                                         "並び", "・", "、", "및", "兼"};
    size_t i;

    for (i = 0; i < LENGTH(joints); i++) {
        const char *at = memmem(name.data, name.length, joints[i], strlen(joints[i]));
        enum fact_kind kind = FACT_NONE;
        struct span behind;

        if (at == NULL || at == name.data)
            continue;
        behind = span_skip(name, (size_t)(at - name.data) + strlen(joints[i]));
        kind = fact_of_whole(span_of(name.data, (size_t)(at - name.data)));
        if (kind == FACT_NONE && behind.length > 0)
            kind = fact_of_whole(behind);
        if (kind != FACT_NONE)
            return kind;
    }
    return FACT_NONE;
}

enum fact_kind vocabulary_fact(struct span label)
{
    enum fact_kind kind;
    char name[WORD_BYTES_MAX];
    size_t bytes = 0;
    size_t i;
    const struct fact_name *row;

    for (i = 0; i < label.length; i++) {
        char c = label.data[i];

        if (c == ' ' || c == '\t')
            continue;
        if (c == '\xE3' && span_starts_with(span_skip(label, i), "\xE3\x80\x80")) {
            i += 2;
        } else if (bytes + ((c & 0x80) == 0 ? 1 : UTF8_MAX_BYTES) >= sizeof name) {
            return FACT_NONE;
        } else if ((c & 0x80) == 0) {
            name[bytes++] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
        } else {
            uint32_t cp;

            i += utf8_decode(label.data + i, label.length - i, &cp) - 1;
            bytes += utf8_encode(folded_lower(cp), name + bytes);
        }
    }
    name[bytes] = '\0';
    row = bsearch(name, fact_names, LENGTH(fact_names), sizeof *fact_names, compare_fact);
    if (row == NULL) { /* ACTION 61.1, Beschluss 12/3 */
        size_t stem = bytes;

        while (stem > 0 && name[stem - 1] < 0x40 &&
               memchr("0123456789.-/#", name[stem - 1], 14))
            stem--;
        if (stem > 0 && stem < bytes) {
            char digit = name[stem];

            name[stem] = '\0';
            row = bsearch(name, fact_names, LENGTH(fact_names), sizeof *fact_names,
                          compare_fact);
            name[stem] = digit;
            if (row != NULL && row->kind != FACT_DECISION)
                row = NULL;
        }
    }
    if (row != NULL)
        return row->kind;
    if (bytes > 0 && is_numbered_item(span_of(name, bytes)))
        return FACT_ITEM;
    kind = fact_by_parts(span_of(name, bytes));
    return kind == FACT_NONE && bytes > 0 ? fact_of_two(span_of(name, bytes)) : kind;
}

static size_t mark_bytes(enum word_set marks, struct span label)
{
    size_t used = label.length > 0 ? longest_of_set(marks, label) : 0;
    struct span rest = span_trim(span_skip(label, used));
    size_t i;

    if (used == 0 || rest.length > 3)
        return 0;
    if (span_is(span_of(label.data, used), "F") && rest.length > 0) /* the first woman */
        return 0;
    for (i = 0; i < rest.length; i++)
        if (rest.data[i] < '0' || rest.data[i] > '9')
            return 0;
    return used;
}

static enum mark_kind find_mark(struct span label, size_t *word_bytes)
{
    pthread_once(&front_sets_once, find_front_sets);
    *word_bytes = mark_bytes(SET_ASKING_MARKS, label);
    if (*word_bytes > 0)
        return MARK_ASKS;
    *word_bytes = mark_bytes(SET_ANSWERING_MARKS, label);
    return *word_bytes > 0 ? MARK_ANSWERS : MARK_NONE;
}

enum mark_kind vocabulary_mark(struct span label, size_t *word_bytes)
{
    char plain[LABEL_BYTES_MAX + UTF8_MAX_BYTES];
    enum mark_kind mark;

    *word_bytes = 0;
    if (label.length > MARK_BYTES_MAX)
        return MARK_NONE;
    mark = find_mark(label, word_bytes);
    if (mark == MARK_NONE && label.length > 1 &&
        without_capitals(label, plain, LABEL_BYTES_MAX))
        mark = find_mark(span_of(plain, label.length), word_bytes);
    return mark;
}
