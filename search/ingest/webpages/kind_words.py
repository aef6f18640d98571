"""What pages that are no articles call themselves and say, in the languages that servers answer
in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """What a page is that is no article."""

    CHALLENGE = "challenge"
    NOT_FOUND = "not found"
    LOGIN = "login"
    CONSENT = "consent"


def _whole(table: str) -> re.Pattern[str]:
    """One pattern of lines; each is one of its own."""
    return re.compile("|".join(f"(?:{line.strip()})" for line in table.strip().splitlines()), re.IGNORECASE)


#: Whole titles, or whole parts of them, without signs around them.
TITLES: Mapping[Kind, re.Pattern[str]] = {
    Kind.CHALLENGE: _whole(r"""
        just a moment|one moment,? please|one more step|please wait|please stand by|attention required
        nur einen moment|un instant|un momento|um momento|even geduld|ett ögonblick|jeszcze chwila|один момент|подождите
        bir dakika lütfen|لحظة|请稍候|請稍候|しばらくお待ちください|잠시만 기다리십시오|tunggu sebentar|یک لحظه
        (?:checking|verifying) (?:your browser|you are human|if the site connection is secure).{0,60}
        please (?:enable|turn on) (?:cookies|javascript|js)(?: and (?:cookies|javascript|js))?
        (?:please )?(?:verify|confirm|prove)(?: that)? you(?:'re|’re| are) (?:a )?(?:human|not a (?:ro)?bot).{0,20}
        are you (?:a )?(?:human|robot)|robot (?:check|or human)|(?:human|bot|security|browser|captcha) (?:check|verification|challenge)
        captcha|recaptcha|ddos[- ]guard|ddos protection by .{1,40}|pardon our interruption
        access (?:to this page )?(?:has been )?(?:is )?denied
        (?:error )?403|(?:403|error 403|http 403)?[ :–-]*forbidden|you have been blocked|sorry, you have been blocked
        request (?:blocked|rejected|unsuccessful)
        (?:error )?1020|(?:error )?429|(?:429 )?too many requests|unusual traffic.{0,60}|security check(?:point)?
        zugriff verweigert|accès (?:refusé|interdit)|acceso denegado|acesso negado|accesso negato|toegang geweigerd
        доступ (?:запрещ[её]н|ограничен|закрыт)
        dostęp zabroniony|erişim engellendi|تم رفض الوصول|تم حظر الوصول|访问被拒绝|拒绝访问
        アクセスが拒否されました|вы не робот|подтвердите,? что вы не робот
        sind sie ein (?:mensch|roboter)|bist du ein mensch|êtes-vous un (?:humain|robot)|vous n'êtes pas un robot|no soy un robot
        هل أنت روبوت|تحقق من أنك إنسان
    """),
    Kind.NOT_FOUND: _whole(r"""
        (?:error|erreur|fehler|errore|erro|ошибка|hata|błąd|fout|fel|خطأ)?[ :–-]*404(?: (?:error|erreur|fehler|errore|erro|ошибка|hata))?
        (?:(?:error )?404[ :–-]*)?(?:page |file |article |document |content |url |object )?not found(?: \(?404\)?)?(?: error)?
        (?:oops|sorry|whoops)?\W{0,3}we (?:can['’]t|cannot|could not|couldn['’]t) find (?:that|this|the|your) (?:page|article).{0,40}
        (?:oops|sorry|whoops)?\W{0,3}we(?:['’]re| are) unable to find (?:that|this|the|your) (?:page|article|story).{0,40}
        (?:the |this |that )?(?:requested )?(?:page|article|story|content|document) (?:could not|couldn't|cannot|can't) be found
        (?:the |this |that )?(?:requested )?(?:page|article|story|content|document) (?:was not found|does not exist|doesn't exist)
        (?:the |this |that )?(?:requested )?(?:page|article|story) (?:is (?:no longer|not|currently un)\s?available|no longer exists)
        (?:the |this |that )?(?:requested )?(?:page|article|story) (?:has been removed|is missing)
        (?:the )?(?:page|article|story) you(?:'re| are) (?:looking for|trying to reach) (?:could not|couldn't|cannot|can't) be found
        (?:the )?(?:page|article|story) you(?:'re| are) (?:looking for|trying to reach) (?:was not found|does(?:n't| not) exist)
        page (?:unavailable|missing|does not exist|doesn't exist|no longer available)|nothing (?:was )?found|no results(?: found)?
        (?:die )?(?:angeforderte )?(?:seite|artikel) (?:wurde )?(?:leider )?nicht gefunden|seite nicht (?:verfügbar|vorhanden)
        diese seite existiert nicht
        (?:la )?page (?:non trouvée|introuvable|inexistante|n'existe pas|n’existe pas)
        cette page (?:est introuvable|n'existe pas|n’existe pas)|(?:contenu|article) introuvable
        (?:la )?página no (?:encontrada|existe|disponible)
        no (?:hemos encontrado|se (?:ha encontrado|encontró|encuentra)) (?:la|esta) página
        (?:a )?página não (?:foi )?(?:encontrada|existe)|(?:la )?pagina non (?:è stata )?(?:trovata|esiste|disponibile)
        pagina niet (?:gevonden|beschikbaar)
        sidan (?:hittades inte|kunde inte hittas|finns inte)|siden (?:ble ikke funnet|blev ikke fundet|findes ikke|finnes ikke)
        sivua ei löyt(?:ynyt|y)
        nie znaleziono strony|strona nie (?:istnieje|została znaleziona)|stránka (?:nebyla|nebola|nenalezena|neexistuje).{0,20}
        az oldal nem található
        (?:запрашиваемая )?страница не (?:найдена|существует)|сторінк[ау] не (?:знайдено|існує)|страницата не (?:е намерена|съществува)
        stranica nije pronađena
        sayfa bulunamadı|aradığınız sayfa bulunamadı|halaman tidak ditemukan|không tìm thấy trang|trang không tồn tại
        pagina nu a fost găsită|η σελίδα δεν βρέθηκε
        (?:عذرا[ً]?\W{0,3})?(?:الصفحة|المقال|الخبر)(?: المطلوبة| المطلوب| التي تبحث عنها)? (?:غير موجودة?|غير متوفرة?|غير متاحة?)
        (?:لم يتم|تعذر) العثور على (?:هذه )?الصفحة.{0,20}|صفحه (?:مورد نظر )?(?:یافت|پیدا) نشد
        (?:页面|頁面|網頁|网页|您访问的页面)(?:不存在|未找到|找不到)(?:了)?
        找不到(?:页面|頁面|網頁|网页)|(?:お探しの)?ページが?(?:は)?見つかりません(?:でした)?|페이지를 찾을 수 없습니다|הדף לא נמצא
        पृष्ठ नहीं मिला
        (?:error |http )?(?:410|500|502|503|504)(?: error)?|410 gone|(?:500 )?internal server error|(?:502 )?bad gateway
        (?:503 )?service (?:temporarily )?unavailable|(?:504 )?gateway time-?out
        (?:site|we(?:'re| are)|website) (?:is )?(?:currently )?(?:down for|under|undergoing) (?:scheduled )?maintenance|wartungsarbeiten
        site en maintenance|сайт на (?:техническом )?обслуживании|index of /.{0,200}
        error establishing a database connection|this site can(?:'t|’t|not) be reached|problem loading page|server not found|privacy error
        domain (?:is )?for sale|account suspended
    """),
    Kind.LOGIN: _whole(r"""
        (?:please )?(?:log|sign)[ -]?(?:in|on)(?: (?:to|with|or|and) .{1,60}| required)?|login|register|registration
        create (?:an|your) account|sign up(?: for .{1,60})?
        (?:reset|forgot(?:ten)?)(?: your)? password\??|(?:bitte )?anmelden|anmeldung|einloggen|registrieren|(?:se )?connexion|connectez-vous
        (?:s')?identifi(?:er|ez-vous)|créer un compte
        iniciar sesión|inicia sesión|acceder|registrarse|entrar|fazer login|iniciar sessão|accedi|inloggen|aanmelden|logga in|logg inn
        log ind|kirjaudu(?: sisään)?|zaloguj(?: się)?|logowanie|přihlá(?:sit se|šení)|bejelentkezés
        вход(?: на сайт| в личный кабинет)?|авторизация|войти|регистрация|вхід|увійти|giriş(?: yap)?|üye girişi|masuk|đăng nhập
        autentificare|σύνδεση
        تسجيل الدخول|دخول|ورود|登录|登錄|登入|ログイン|로그인|כניסה|התחברות|लॉग इन
    """),
    Kind.CONSENT: _whole(r"""
        before you continue(?: to .{1,60})?|we (?:value|respect|care about) your privacy|your privacy(?: choices| matters)?
        cookie (?:consent|settings|preferences|wall|policy)|consent(?: required)?
        bevor (?:sie|du) (?:zu .{1,60} )?(?:weitergeh\w+|fortf\w+)
        (?:wir (?:schätzen|respektieren) ihre privatsphäre|ihre privatsphäre.{0,40}|zustimmung(?: erforderlich)?|einwilligung)
        mit werbung (?:weiterlesen|lesen)
        avant d'accéder à .{1,60}|(?:nous respectons )?votre vie privée.{0,40}|antes de (?:ir|continuar) .{1,60}
        (?:valoramos|respetamos) (?:tu|su) privacidad|tu privacidad.{0,40}
        prima di continuare.{0,60}|(?:rispettiamo )?la tua privacy.{0,40}|voordat je (?:verder|door)gaat.{0,60}
        (?:wij|we) (?:respecteren|waarderen) (?:je|uw) privacy|privacy gate|myprivacy
        мы ценим вашу конфиденциальность|szanujemy (?:twoją|państwa) prywatność|nous utilisons des cookies|we use cookies
        diese (?:web)?seite (?:benutzt|verwendet) cookies
    """),
}  # fmt: skip
#: What such pages say; two different ones of a kind make it sure.
BODIES: Mapping[Kind, re.Pattern[str]] = {
    Kind.CHALLENGE: re.compile(
        r"enable javascript and cookies to continue|needs to review the security of your connection|ray id|security by cloudflare"
        r"|complete the (?:security check|captcha)|completing the captcha|checking (?:your browser|if the site connection)"
        r"|verify(?:ing)? (?:that )?you are (?:a )?human|you are (?:a )?human|not a robot|unusual traffic from your|have been blocked"
        r"|access to this page has been denied|press (?:&|and) hold|malicious activity|automated (?:access|requests|queries|traffic)"
        r"|incapsula incident id|your ip(?: address)?:|reference (?:#|id|number)|you don't have permission to access|ddos[- ]guard"
        r"|подтвердите, что|запросы, поступ\w+ с вашего|вы не робот|sind kein roboter|n'êtes pas un robot|no eres un robot",
        re.IGNORECASE,
    ),
    Kind.NOT_FOUND: re.compile(
        r"page you(?:'re| are| were)? (?:looking for|requested|trying to)|(?:moved|renamed),? (?:or )?(?:deleted|removed|renamed)"
        r"|check the (?:address|url|link)|(?:could|can)(?: ?no|')t (?:find|be found)|does not exist|doesn't exist|no longer available"
        r"|(?:go|return|back) to (?:our |the )?home ?page|error 404|404 error|seite (?:konnte )?nicht gefunden|page demandée|no existe"
        r"|página solicitada|pagina richiesta|запрашиваемая страница|неправильно набран|الصفحة المطلوبة|الصفحة التي تبحث عنها",
        re.IGNORECASE,
    ),
    Kind.CONSENT: re.compile(
        r"(?:we|wir) and our (?:\d+ )?partners|store (?:and/or|and|or) access information on a device|personali[sz]ed ads and content"
        r"|accept all|reject all|manage (?:options|preferences|choices|cookies)|legitimate interest|precise geolocation data"
        r"|alle akzeptieren|alle ablehnen|unsere partner|tout accepter|tout refuser|nos partenaires|aceptar todo|rechazar todo"
        r"|nuestros socios|accetta tutto|rifiuta tutto|nostri partner|alles accepteren|onze partners|принять все|отклонить все",
        re.IGNORECASE,
    ),
}  # fmt: skip
#: Programs that keep robots out.
MARKS = re.compile(
    r"/cdn-cgi/challenge-platform|_cf_chl_opt|captcha-delivery\.com|_incapsula_resource|px-captcha|perimeterx|hcaptcha\.com/1"
    r"|recaptcha/(?:api|enterprise)|akamai.{0,20}challenge|awswafintegration|datadome|ddos-guard",
    re.IGNORECASE,
)
