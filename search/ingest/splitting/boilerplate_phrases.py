"""Phrases of the lines that are no part of any article, one regular expression a line, as people
write them.

They are folded (case, accents, letter variants) before use. A line that begins with ``+`` continues
the one above.
"""

from __future__ import annotations

import re

from search.folding import fold


def alternatives(table: str) -> str:
    """The expressions of a table as one group of alternatives, folded like the lines they are
    compared with."""
    patterns = table.strip("\n").replace("\n+", "").split("\n")
    return "".join(
        part if part.startswith("\\") else fold(part) for part in re.split(r"(\\.)", "|".join(patterns)) if part
    )


# Headings of blocks of links to other articles: whole lines.
RELATED = r"""
related(?: \w+){0,2}
(?:see|read|watch|listen)(?: also| more| next| this)
also (?:read|see|watch|on .*)
read more.{0,30}
more (?:on this|from|about|news|stories|in|by).{0,30}
you (?:may|might) (?:also )?(?:like|be interested in)
recommended(?: for you| reading| articles)?
further reading
don't miss
most (?:read|popular|viewed|shared)
trending(?: now)?
(?:latest|recent|popular|other|similar|top) (?:news|posts?|articles?|stories|videos?|comments)
editor'?s'? (?:picks?|choice)
(?:previous|next) (?:post|article|story)
what to read next
(?:our|my) other (?:articles|posts)
(?:مقالات|مقاله|فيديوات|فيديوهات|فيديو|أخبار|مواضيع|موضوعات|مواد|روابط|صور|تقارير|كتابات) (?:متعلقة|ذات صلة|مشابهة|
+مرتبطة|مختارة|أخرى)
(?:اقرأ|إقرأ|اقرأوا|شاهد|شاهدوا|انظر|طالع)(?:ي|وا)? (?:أيضا|المزيد|كذلك|ايضا)
قد (?:يعجبك|يهمك|تعجبك)(?: أيضا)?
الأكثر (?:قراءة|مشاهدة|تداولا)
(?:ذات|مواضيع ذات) صلة
متعلقات
للمزيد
آخر الأخبار
أخبار ذات صلة
المزيد(?: من الأخبار)?
(?:a |à )?(?:lire|voir|écouter|regarder)(?: aussi| également| ensuite)?
sur le même (?:sujet|thème)
dans la même rubrique
articles? (?:liés?|similaires?|connexes?|associés?|recommandés?)
les plus (?:lus|consultés)
vous aimerez aussi
nos derniers articles
(?:noticias|artículos|temas|contenidos?|vídeos|entradas|notas|artigos|matérias|notícias) relacionad[oa]s?
relacionad[oa]s?
(?:leer|lea|lee|ver|vea|mira|mire|leia|veja) (?:también|além|mais|más|também)
te puede(?:n)? interesar
también te puede interesar
(?:más|mais) (?:noticias|leídas|información|lidas|notícias|sobre .{1,30})
lo más (?:leído|visto)
saiba mais
le puede interesar
lesen sie (?:auch|mehr)
mehr zum thema
zum thema
(?:weitere|ähnliche|verwandte) (?:artikel|beiträge|themen|meldungen)
(?:das könnte sie )?auch interess(?:ant|ieren)
meistgelesen
leggi anche
(?:articoli|notizie) correlat[ie]
potrebbe interessarti
vedi anche
(?:читайте|смотрите|смотри|читай)(?: также| ещё| далее)
(?:материалы |новости |статьи |ещё |другие новости |видео )?по теме
(?:похожие|связанные|другие|последние|главные) (?:новости|статьи|материалы|записи)
рекомендуем(?: прочитать)?
самое читаемое
популярное
(?:читайте|дивіться) також
(?:схожі|останні|інші) (?:новини|статті)
за темою
ilgili (?:haber(?:ler)?|yazı(?:lar)?|içerik(?:ler)?|konular|videolar)
(?:bunlar da|ayrıca) .{0,20}
benzer (?:haberler|yazılar)
çok okunan(?:lar)?
son haberler
(?:bunu da|şunu da) oku(?:yun)?
önerilen(?:ler| haberler)?
(?:مطالب|اخبار|خبرهای|مقالات|ویدیوهای) (?:مرتبط|مشابه|پیشنهادی|بیشتر)
(?:بیشتر|همچنین) بخوانید
پربازدیدترین(?:‌ها| ها)?
相关(?:阅读|新闻|报道|文章|链接|推荐|视频)
(?:延伸|推荐)阅读
更多(?:新闻|阅读|报道)?
(?:czytaj|przeczytaj|zobacz) (?:też|także|również|więcej)
(?:čtěte|přečtěte si) (?:také|též)
související(?: články)?
lees ook
läs (?:också|mer|även)
les også
læs også
citește și
vezi și
прочетете (?:още|също)
pročitajte (?:i|još)
διαβάστε (?:επίσης|ακόμη|ακόμα)
קרא(?:ו)? (?:עוד|גם)
مزید پڑھیں
यह भी पढ़ें
baca juga
"""

# Headings of comments and of the form for them: whole lines.
COMMENTS = r"""
(?:leave|post|add|write) (?:a|your) (?:comment|reply)(?: .{0,30})?
\d+ (?:thoughts?|comments?|responses?|replies)(?: on| to|:).{0,80}
(?:user )?comments?(?: section)?(?: \(?\d+\)?)?
\d+ comments?
(?:اترك|أضف|اكتب) (?:تعليقا?|تعليقك|ردا?)(?: .{0,20})?
(?:ال)?تعليقات(?: \(?\d+\)?)?
laisser un commentaire
commentaires?(?: \(?\d+\)?)?
\d+ commentaires?
(?:deja|deje|dejar) (?:un comentario|una respuesta)
comentarios?(?: \(?\d+\)?)?
deixe um comentário
kommentare?(?: \(?\d+\)?)?
kommentar schreiben
(?:оставить|добавить) комментарий
комментарии(?: \(?\d+\)?)?
yorumlar(?: \(?\d+\)?)?
yorum (?:yaz|yap|bırak)(?:ın)?
نظرات(?: کاربران)?
ارسال نظر
评论(?:区)?
discussion
"""

# Labels where a film, a picture or an advertisement was: whole lines.
MEDIA = r"""
videos?(?: here| player| below)?
watch(?: the)? video.{0,20}
(?:photo|image|picture)s?(?: credit| gallery| source)?
photo gallery
click (?:here|to (?:play|watch|enlarge)).{0,40}
audio player
video player
play
listen
فيديو
بالفيديو
شاهد الفيديو
صور
vidéo
écouter
vídeo
видео
фото
ویدیو
视频
advertisement
ads?
publicité
publicidad
реклама
إعلان
anzeige
reklam
"""

# What a site's frame says: whole lines.
NAVIGATION = r"""
main menu
menu
home(?:page)?
search(?: for| this site| here)?
(?:log|sign) (?:in|up|out)(?: / .{0,20})?
register
skip to (?:main )?content
back to top
top
site (?:categories|map|menu)
categories
archives?
contact(?: us)?
about(?: us)?
privacy policy.{0,40}
terms (?:of (?:use|service)|and conditions).{0,40}
cookies?(?: policy)?
time now.{0,20}
menú
accueil
inicio
recherche
buscar
startseite
الرئيسية
القائمة(?: الرئيسية)?
بحث
اتصل بنا
من نحن
главная
поиск
меню
о нас
контакты
ana ?sayfa
arama?
künye
iletişim
خانه
صفحه اصلی
جستجو
首页
返回顶部
older posts
newer posts
page \d+ of \d+
(?:← |« )?(?:previous|older|newer|next)(?: page)?(?: →| »)?
subscribe
toggle navigation
blog archive
loading
all rights reserved
powered by .{1,40}
newsletter
متابعة القراءة.{0,20}
continue reading.{0,60}
\d+ min(?:ute)?s?(?: read)?
\d+ views?
in this (?:issue|digest|edition)
contents
table of contents
sommaire
índice
содержание
içindekiler
المحتويات
فهرس(?: المقالات)?
"""

# Buttons for sharing: whole lines.
SHARE = r"""
share(?: this)?(?: (?:article|post|story|on .{1,20}))?(?: with .{1,20})?
tweet
facebook|twitter|telegram|whatsapp|linkedin|reddit|pinterest|e-?mail|print|copy link|x|vk|vkontakte|instagram|
+youtube|rss
(?:like|rate|follow|print|email) (?:this|us).{0,30}
support \S+(?: \S+)?:
donate.{0,30}
advertise.{0,20}
شارك(?:ها|ه)?(?: .{0,20})?
انشر
طباعة
partager.{0,20}
imprimer
compartir.{0,20}
imprimir
compartilh(?:e|ar).{0,20}
teilen
drucken
поделиться.{0,20}
распечатать
paylaş.{0,20}
yazdır
اشتراک(?: ‌?گذاری)?
分享(?:到)?.{0,10}
condividi.{0,20}
udostępnij
sdílet
reply
"""

# Words before a colon and a list of tags.
TAG_LABELS = r"""
tags?
filed under
posted in
categor(?:y|ies)
topics?
tagged(?: with)?
keywords?
labels?
وسوم
الوسوم
كلمات (?:مفتاحية|دلالية)
تصنيفات?
mots[- ]clés?
étiquettes?
catégories?
etiquetas?
categorías?
palabras clave
schlagw(?:ö|o)rter
метки
теги?
рубрик[аи]
etiketler?
برچسب(?:‌ها| ها)?
标签
关键词
"""

# Parts of appeals to follow, subscribe or donate.
SHARE_APPEALS = r"""
click the share buttons?
^\W*note to readers
to help us continue
(?:please )?(?:follow|join|find|like) us on (?:telegram|twitter|facebook|youtube|vk|instagram|social)
subscribe to (?:our|the|my) (?:newsletter|channel|mailing|feed|podcast)
sign up (?:for|to) (?:our|the|receive)
(?:visit|see) (?:the|our) donat(?:e|ion)
donat(?:e|ion)s? (?:to|via|through|here|page|link|button)
(?:support|help) (?:our|independent|us|this site|the site)\b.{0,60}(?:donat|paypal|patreon|subscri|contribut|
+journalism)
paypal(?:\.me|:)
patreon\.com
share this (?:article|post|story|page|entry)
if you (?:like|enjoy|liked|enjoyed|value|appreciate) (?:this|our|what).{0,80}(?:donat|support|subscri|share)
become a (?:member|patron|supporter)
تابعونا على
تابعنا على
اشترك(?:وا)? في (?:قناتنا|نشرتنا|القناة)
للاشتراك في
(?:suivez|rejoignez)-nous sur
abonnez-vous
faites un don
inscrivez-vous à (?:notre|la) (?:newsletter|lettre)
(?:síguenos|siganos|síganos) en
suscríb(?:ete|ase) (?:a|al)
(?:siga|acompanhe)-nos
inscreva-se
folgen sie uns
newsletter (?:abonnieren|anmelden)
(?:подписывайтесь|подпишитесь) на
(?:следите за нами|наш телеграм)
bizi (?:\S+ ){0,3}takip edin
abone ol(?:un|mak)
ما را در .{0,30} دنبال کنید
bloggers like this
^\W*like this:
^\W*share this:
(?:扫一扫|关注我们|微信公众号)
link will open telegram
"""

# Parts of what the form for comments says.
COMMENT_FORMS = r"""
your email address will not be published
html code is not allowed
required (?:fields|\(\*\)|information)
you must be logged in to
لن يتم نشر عنوان بريدك
votre adresse (?:e-?mail|de messagerie) ne sera pas
tu dirección de correo electrónico no será
ваш (?:адрес )?e-?mail не будет опубликован
e-posta hesabınız yayımlanmayacak
"""

# Parts of notices of rights and of disclaimers.
COPYRIGHTS = r"""
copyright\s*(?:©|\(c\)|\d{4})
^\W*©
©\s*\d{4}
all rights reserved
the views expressed (?:in|by|are|here)
the (?:opinions|statements|views) (?:expressed|of the author)
جميع الحقوق محفوظة
حقوق النشر
tous droits réservés
todos los derechos reservados
todos os direitos reservados
alle rechte vorbehalten
все права защищены
(?:tüm|her) hakkı saklıdır
کلیه حقوق
版权所有
creative commons
may (?:be republished|not be reproduced)
المقال يعبر عن رأي
الآراء الواردة
"""

# Words before a colon and the title of another article.
READ_ALSO_LABELS = r"""
(?:see|read|watch) (?:also|more)
also (?:read|see)
related(?: \w+)?
more
recommended
اقرأ (?:أيضا|المزيد)
إقرأ أيضا
شاهد أيضا
à lire(?: aussi)?
lire aussi
voir aussi
lea también
leer también
lee también
leia também
lesen sie auch
leggi anche
читайте также
по теме
ilgili haber
بیشتر بخوانید
czytaj też
相关阅读
"""

# Verbs that tell to read another article; such lines stand inside texts too.
READ_ALSO_VERBS = r"""
(?:also )?(?:read|see|watch|listen)
اقرأ|إقرأ|شاهد|طالع|انظر
(?:à )?(?:lire|voir|écouter|regarder)
le[ea]r?|mire|mira|vea|ver
le(?:ia|sen sie)
veja
leggi
читайте|смотрите|читай|смотри
дивіться
(?:czytaj|przeczytaj|zobacz)
بیشتر|همچنین
(?:bunu|şunu)
baca
"""

# Parts of what the end of an article says about its author.
BIOGRAPHIES = r"""
(?:is|was|are) (?:a|an|the|also|currently|based)\b.{0,80}\b(?:authors?|analysts?|journalists?|professors?|writers?|
+researchers?|correspondents?|columnists?|editors?|activists?|scholars?|fellows?|directors?|commentators?|
+reporters?|historians?|specialists?|experts?|bloggers?|lecturers?|contributors?|associates?|filmmakers?|
+founders?)\b
(?:he|she|they) (?:can be reached|tweets|lives|writes|blogs|teaches|holds|has written|is based)
can be (?:reached|contacted|followed|found) (?:at|on|via)
lives in\b
(?:his|her) (?:new|latest|most recent|forthcoming) (?:book|novel|work)
follow (?:him|her|them|me) on
on twitter:? @
(?:visit|see) (?:his|her) (?:blog|website|web ?site|page)
author of (?:the|several|many|numerous|“|\"|‘|books?)
award-winning
frequent contributor
about the author
^\W*(?:كاتب|باحث|صحافي|صحفي|محلل|أستاذ|إعلامي|ناشط|أكاديمي|دبلوماسي|وزير|سفير)(?:ة)?(?: و\S+)?(?: \S+){0,8}\W*$
(?:est|était) (?:un |une |le |la )?(?:journaliste|chercheur|chercheuse|professeur|écrivain|auteur|politologue|
+historien|historienne|économiste|essayiste|directeur|directrice)
\bes (?:un |una |el |la )?(?:periodista|profesora?|escritora?|analista|investigadora?|politólog[oa]|historiadora?|
+economista|autora?)
\bé (?:um |uma |o |a )?(?:jornalista|professora?|escritora?|analista|pesquisadora?)
\bist (?:ein |eine |der |die )?(?:journalist|autor|professor|historiker|politologe|redakteur|schriftsteller)
является (?:\S+ ){0,3}(?:журналист|профессор|писател|аналитик|политолог)
^\S+ \S+\s?[—–-]\s?(?:\S+ ){0,2}(?:журналист|политолог|историк|писатель|эксперт|публицист)
\b(?:gazeteci|yazar|akademisyen|araştırmacı|profesör)(?:dır|dir|dur|dür)\b
"""
