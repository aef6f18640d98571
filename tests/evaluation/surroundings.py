"""What stands around the invented articles of a page, in each language; worded differently from
`boilerplate_phrases`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Surroundings:
    """Lines of a site's frame, with the names and labels of one language."""

    authors: tuple[str, ...]
    outlets: tuple[str, ...]
    by: str
    source: str
    first_published: str
    links: str
    appeal: str
    address: str
    button: str
    comments: str
    remarks: tuple[str, ...]
    caption: str
    biography: str
    dates: tuple[str, ...]  # of 7 March 2021, 19 November 2019, 2 June 2020
    read_on: str


DATES = ("2021-03-07", "2019-11-19", "2020-06-02")

SURROUNDINGS = {
    "en": Surroundings(
        ("Martha Ellwood", "Desmond Pike", "Carol Whitby"), ("Talmouth Post", "Valley Chronicle", "Island Tribune"),
        "By {}", "Source: {}", "This piece was originally published in {}.",
        "Elsewhere on these pages", "Keep our little paper going: 5 € a month to IBAN LX28 0019 4006 4475 0000 helps.",
        "Letters go to desk@talmouthpost.example, corrections too.", "Send it round", "What readers say",
        ("Toby: My aunt lives there and says it is all true.", "Nell: Third time this year, what a shame."),
        "The scene on Monday morning. Picture: Lena Ford", "{} keeps bees and has reported from small towns for twenty years.",
        ("March 7, 2021", "19 November 2019", "June 2, 2020"), "The whole story »",
    ),
    "ar": Surroundings(
        ("سامي الحلبي", "ليلى منصور", "كريم الشامي"), ("صحيفة الوادي", "وكالة المرجان للأنباء", "موقع الجبل"),
        "بقلم: {}", "المصدر: {}", "نُشر هذا النص لأول مرة في {}.",
        "من صفحاتنا أيضاً", "ساعدونا على الاستمرار بمبلغ ٥ دولارات عبر الرابط https://wadi.example/da3m",
        "راسلونا على barid@wadi.example", "أرسلها إلى صديق", "ماذا قال القراء",
        ("هدى: كلام جميل وصحيح.", "عمر: ننتظر الجزء الثاني."),
        "مشهد من صباح الاثنين. تصوير: هند علي", "{} يكتب عن القرى منذ عشرين عاماً.",
        ("7 آذار 2021", "19 نوفمبر 2019", "2 حزيران 2020"), "تتمة الخبر »",
    ),
    "ru": Surroundings(
        ("Игнат Сорокин", "Мария Лапина", "Павел Дроздов"), ("Верхневолжский вестник", "Озёрная газета", "Новости края"),
        "Автор: {}", "Источник: {}", "Впервые опубликовано в {}.",
        "Ещё на этих страницах", "Редакции нужна поддержка: 200 рублей на карту 2202 2003 1234 5678, и мы выйдем в срок.",
        "Пишите нам: pochta@vestnik.example", "Отправить другу", "Что думают читатели",
        ("Света: всё так и было.", "Олег: а когда продолжение?"),
        "Утро понедельника. Снимок Анны Лебедевой", "{} двадцать лет пишет о малых городах.",
        ("7 марта 2021", "19 ноября 2019", "2 июня 2020"), "Дальше »",
    ),
    "fr": Surroundings(
        ("Odile Garnier", "Luc Besnard", "Marie Tessier"), ("La Gazette du Canal", "Le Courrier de la Vernoye", "Journal des Vallons"),
        "Par {}", "Source : {}", "Ce texte est d'abord paru dans {}.",
        "Ailleurs dans nos pages", "Aidez-nous à tenir : 5 € par mois sur https://gazette.example/soutien",
        "Écrivez à courrier@gazette.example", "Faites passer", "La parole aux lecteurs",
        ("Jeanne : tout est vrai.", "Rémi : vivement la suite."),
        "La place lundi matin. Photo Lise Morel", "{} suit la vie des villages depuis vingt ans.",
        ("7 mars 2021", "19 novembre 2019", "2 juin 2020"), "La suite »",
    ),
    "es": Surroundings(
        ("Jacinta Molina", "Andrés Peral", "Rosa Quintana"), ("Diario de la Sierra", "Noticias de Montearroyo", "Gaceta del Sur"),
        "Por {}", "Fuente: {}", "Publicado originalmente en {}.",
        "En otras páginas nuestras", "Ayúdanos con 5 € al mes en https://sierra.example/apoyo",
        "Escríbenos a cartas@sierra.example", "Pásalo", "Lo que dicen los lectores",
        ("Inés: muy bien contado.", "Tomás: espero la segunda parte."),
        "La plaza el lunes. Foto: Ana Vidal", "{} recorre los pueblos desde hace veinte años.",
        ("7 de marzo de 2021", "19 de noviembre de 2019", "2 de junio de 2020"), "Sigue »",
    ),
    "de": Surroundings(
        ("Greta Hollmann", "Jonas Petersen", "Ulrike Brandt"), ("Hohenfurter Zeitung", "Lindentaler Anzeiger", "Oberland Nachrichten"),
        "Von {}", "Quelle: {}", "Ursprünglich erschienen in {}.",
        "Noch mehr auf unseren Seiten", "Wir leben von Ihnen: 5 € im Monat auf DE02 1203 0000 0000 2020 51 genügen.",
        "Schreiben Sie an post@hohenfurter.example", "Weitersagen", "Was Leser meinen",
        ("Anke: Genau so war es.", "Rolf: Wann geht es weiter?"),
        "Das Ufer am Montag. Foto: Eva Lang", "{} berichtet seit zwanzig Jahren aus kleinen Orten.",
        ("7. März 2021", "19. November 2019", "2. Juni 2020"), "Ganzer Text »",
    ),
    "tr": Surroundings(
        ("Halil Aksoy", "Zeynep Yıldırım", "Murat Korkmaz"), ("Karaçay Gazetesi", "Körfez Haber", "Taşpınar Postası"),
        "Yazan: {}", "Kaynak: {}", "Bu yazı ilk olarak {}'nde yayımlandı.",
        "Sayfalarımızdan", "Ayakta kalmamıza yardım edin: ayda 50 TL, https://karacay.example/destek",
        "Bize yazın: posta@karacay.example", "Arkadaşına gönder", "Okurlar ne diyor",
        ("Elif: çok doğru.", "Kemal: devamını bekliyoruz."),
        "Pazartesi sabahı meydan. Fotoğraf: Deniz Ak", "{} yirmi yıldır köyleri yazıyor.",
        ("7 Mart 2021", "19 Kasım 2019", "2 Haziran 2020"), "Tamamı »",
    ),
    "fa": Surroundings(
        ("رضا کریمی", "مینا شریفی", "حسین رستگار"), ("روزنامه چشمه", "خبرگزاری نیلوفر", "پایگاه تالاب"),
        "نویسنده: {}", "منبع: {}", "این متن نخستین بار در {} منتشر شد.",
        "در صفحه‌های دیگر ما", "با ۵۰ هزار تومان در https://cheshme.example/yari کنار ما بمانید.",
        "برای ما بنویسید: name@cheshme.example", "برای دوستان بفرستید", "خوانندگان چه می‌گویند",
        ("سارا: کاملاً درست است.", "بهرام: منتظر ادامه هستیم."),
        "میدان روستا در صبح دوشنبه. عکس: نگار احمدی", "{} بیست سال است از روستاها می‌نویسد.",
        ("۷ مارس ۲۰۲۱", "۱۹ نوامبر ۲۰۱۹", "۲ ژوئن ۲۰۲۰"), "ادامه »",
    ),
}  # fmt: skip
