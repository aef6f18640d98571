"""Words that say nothing of what an article is about, by language: left out of questions of "any
word".

They stay in the index, so that phrases and questions for all words find them.
"""

from __future__ import annotations

from functools import cache

from search.analysis.terms import fold_word, token_texts

_WORDS = {
    "ar": "من في على إلى عن أن إن كان كانت ما هو هي هم هذا هذه ذلك تلك التي الذي الذين مع أو و ثم لم لا لن كم أين متى كيف لماذا "
    "ماذا هل بعد قبل عند بين كل أي إذا قد أما إلا لكن حيث منذ حتى أنه أنها به بها له لها لهم فيه فيها منه منها عليه عليها كما أيضا",
    "cs": "a aby ale ani asi by byl byla bylo byli být co do ho i já je jeho její jejich jen ještě jsem jsou k kde kdo když která "
    "které který ma má mezi na nad nebo než o od po pod pro proto při s se si ta tak také tato ten této tento to toho tom tu u už v ve "
    "však za ze že jak jaký kdy kolik proč",
    "de": "aber als am an auch auf aus bei bin bis da damit das dass dem den der des die dies diese diesem diesen dieser dieses durch ein eine "
    "einem einen einer eines er es für hat hatte ihr ihre im in ist ja kann kein keine mit nach nicht noch nur ob oder ohne sehr sein "
    "seine sich sie sind so über um und uns unter vom von vor war waren was wenn wer wie wird wo wurde wurden zu zum zur welche welcher "
    "wann warum",
    "en": "a about above after again against all am an and any are as at be because been before being below between both but by can could "
    "did do does doing down during each few for from further had has have having he her here hers him his how i if in into is it "
    "its itself just me more most my no nor not now of off on once only or other our out over own same she should so some such than "
    "that the their them then there these they this those through to too under until up upon very was we were what when where which "
    "while who whom whose why will with would you your",
    "es": "a al algo algunos ante antes como con contra cual cuando de del desde donde durante e el ella ellas ellos en entre era es esa ese "
    "eso esta está están este esto estos fue fueron ha había han hasta hay la las le les lo los más me mi muy ni no nos o otra otro para "
    "pero por porque que qué quien quién se ser si sin sobre son su sus también te tiene todo todos tu un una uno unos y ya cuál cuándo "
    "cómo dónde cuántos",
    "fa": "و در به از که این آن را با برای تا بر است بود شد می هم یا اما اگر هر چه یک او ما شما آنها نیز پس پیش بین روی باید شده کرد کرده "
    "کند دارد داشت خود دیگر همه هیچ چند کدام کجا کی چرا چگونه ها های",
    "fr": "à au aux avec ce ceci cela ces cet cette comme d dans de des du elle elles en entre est et été être eu eux il ils j je l la le "
    "les leur leurs lui m ma mais me même mes mon n ne ni nos notre nous on ont ou où par pas plus pour qu que quel quelle quels quelles "
    "qui quoi s sa sans se sera ses si son sont sous sur ta te tes toi ton tu un une vos votre vous y était quand comment pourquoi combien",
    "it": "a ad ai al alla alle anche c che chi ci come con cosa cui d da dai dal dalla dei del della delle di dove e ed era gli ha hanno i "
    "il in io l la le lei li lo loro lui ma mi nei nel nella noi non o ogni per perché più quale quali quando quanto quello questa queste "
    "questi questo se si sia sono su sua sue sui sul sulla suo tra tu un una uno",
    "nl": "aan al als bij daar dan dat de der deze die dit doch door dus een en er ge geen had heb heeft hem het hij hoe hun ik in is ja je "
    "kan maar me meer met mij mijn na naar niet nog nu of om omdat ons ook op over te tegen toch tot uit van veel voor was wat we wel "
    "werd wie wij wil wordt zal ze zich zij zijn zo zou welke waar wanneer waarom",
    "pl": "a aby ale albo ani bez bo był była było były by być co czy dla do gdy gdzie go i ich ile im ja jak jaka jaki jakie jako je jego "
    "jej jest jeszcze już kiedy kto która które którego który którzy lub ma mi między na nad nie nich nim o od on ona oni oraz po pod "
    "przed przez przy są się tak także tam te tego tej ten to tu ty tych tylko tym u w we więc z za ze że dlaczego",
    "pt": "a ao aos as à às com como da das de dela dele do dos e é ela elas ele eles em entre era essa esse esta está este eu foi foram há "
    "isso isto já lhe mais mas me mesmo minha muito na não nas nem no nos o os ou para pela pelas pelo pelos por porque qual quais "
    "quando que quem se sem ser seu seus só sua suas também te tem um uma você onde quanto",
    "ru": "и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее мне было вот от меня еще нет о об из "
    "ему когда даже ну ли если или ни быть был него до вас вам там потом себя ей может они тут где есть надо для мы тебя их чем была сам "
    "чтоб без будто под будет тогда кто этот того потому этого какой какая какие каком каких ним здесь этом один мой тем чтобы нее были "
    "куда зачем всех можно при это сколько",
    "tr": "acaba ama ancak bazı belki ben bile bir biri biz bu bunu bunun çok çünkü da daha de defa diye en gibi hem hep hepsi her hiç için "
    "ile ise kadar ki kim mi mı mu mü nasıl ne neden nerede niçin o olan olarak oldu olduğu onlar onun sen siz şey şu tüm ve veya ya yani "
    "hangi kaç",
    "uk": "а але б без би була були було бути в вже ви від він вона вони воно все всі де для до є за з зі і із й його її їх коли ж же "
    "між ми на над не нею ні ним них о або перед по під при про та так там те ти то тобто тому у хто це цей ця ці чи що щоб як яка який які "
    "чому скільки",
}


@cache
def stop_words(language: str) -> frozenset[str]:
    """The folded stop words of a language; none where we have no list."""
    return frozenset(fold_word(token) for token in token_texts(_WORDS.get(language, "")))
