"""Mail providers that give addresses to anybody: a domain of theirs says nothing about whom a contact works for.

The list holds the large providers by country, each domain as the provider's own sign-up or help pages name it (state of
2026). It is kept by hand and is not whole: a domain that lacks here can be told as `free_mail` in an engagement's
`parties.csv`.
"""

from __future__ import annotations

FREE_MAIL = frozenset(
    """
    gmail.com googlemail.com outlook.com outlook.de outlook.fr outlook.dk outlook.es outlook.it outlook.jp outlook.com.br
    hotmail.com hotmail.co.uk hotmail.de hotmail.fr hotmail.dk hotmail.no hotmail.se hotmail.it hotmail.es live.com
    live.co.uk live.dk live.no live.se live.nl live.fr live.de live.it msn.com passport.com yahoo.com yahoo.co.uk yahoo.de
    yahoo.fr yahoo.it yahoo.es yahoo.dk yahoo.no yahoo.se yahoo.ca yahoo.com.br yahoo.co.in yahoo.in yahoo.co.jp
    yahoo.com.au yahoo.com.sg yahoo.com.mx yahoo.com.ar ymail.com rocketmail.com aol.com aim.com icloud.com me.com mac.com
    proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.com tuta.io keemail.me fastmail.com
    fastmail.fm hushmail.com runbox.com posteo.de posteo.net mailbox.org disroot.org gmx.de gmx.net gmx.at gmx.ch gmx.com
    gmx.fr web.de email.de freenet.de t-online.de arcor.de mail.com email.com zoho.com zohomail.com yandex.ru yandex.com
    ya.ru mail.ru bk.ru inbox.ru list.ru internet.ru rambler.ru ukr.net i.ua qq.com foxmail.com 163.com 126.com yeah.net
    sina.com sina.cn sohu.com aliyun.com naver.com hanmail.net daum.net kakao.com nate.com rediffmail.com docomo.ne.jp
    ezweb.ne.jp softbank.ne.jp orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr libero.it virgilio.it alice.it
    tim.it tiscali.it tin.it bluewin.ch hispeed.ch sunrise.ch telenet.be skynet.be ziggo.nl kpnmail.nl hetnet.nl planet.nl
    xs4all.nl home.nl btinternet.com btopenworld.com sky.com virginmedia.com ntlworld.com blueyonder.co.uk talktalk.net
    tiscali.co.uk online.no broadpark.no telia.com bredband.net spray.se comhem.se jubii.dk ofir.dk mail.dk tdcadsl.dk
    stofanet.dk youmail.dk luukku.com kolumbus.fi saunalahti.fi wp.pl o2.pl onet.pl interia.pl op.pl poczta.fm seznam.cz
    email.cz centrum.cz azet.sk zoznam.sk freemail.hu citromail.hu abv.bg sapo.pt clix.pt terra.es telefonica.net
    uol.com.br bol.com.br terra.com.br ig.com.br globo.com walla.co.il walla.com eircom.net bigpond.com optusnet.com.au
    xtra.co.nz comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net juno.com
    rogers.com shaw.ca sympatico.ca videotron.ca telus.net
    """.split()  # noqa: SIM905
)
"""Registrable domains of mail providers open to anybody."""
