/** The longest post of the sample, about 3,000 characters. */
export const ALLOTMENT_POST = `Da ich gefragt wurde, und weil es vielleicht auch jemand von @acme.example liest: hier unsere Erfahrungen mit dem Häcksler GH-30, so sachlich ich kann.

Wir sind eine Kolonie mit 41 Parzellen und haben das Gerät im Frühjahr gemeinsam gekauft, nach zwei Abenden Diskussion und mit Geld aus der Vereinskasse. Die ersten Wochen waren großartig. Holunder, Hasel, alte Apfeltriebe bis Daumendicke, alles lief durch, und der Nachbarverein kam zum Staunen vorbei.

Im Mai blieb er zum ersten Mal stehen. Kein Stau, kein Astknoten, er ging einfach aus. Nach zehn Minuten lief er wieder. Im Juni passierte das jede halbe Stunde, im Juli alle paar Minuten. Wir haben die Messer gewendet, wie es im Heft steht, dann neue gekauft, dann den Trichter zerlegt und gereinigt. Unser Kassierer, der Elektriker war, hat die Zuleitung gemessen: in Ordnung. Das Kabel hat den Querschnitt, den das Heft verlangt, und ist kürzer als erlaubt.

Die Hotline hat uns dreimal geraten, die Messer zu wenden. Beim vierten Anruf hieß es, ein Gerät für Privatkunden dürfe nicht von 41 Leuten benutzt werden. Das mag sein, nur steht es nirgends: nicht auf der Schachtel, nicht im Heft und nicht im Shop, wo auf dem Bild sogar eine Gruppe im Garten steht. Außerdem benutzen ihn ja nicht 41 Leute gleichzeitig, sondern immer samstags zwei, die eine Einweisung hatten. Ich führe ein Buch darüber. Es sind seit April 63 Betriebsstunden.

Im August haben wir ihn eingeschickt. Er kam nach fünf Wochen zurück, mit dem Vermerk „kein Fehler feststellbar“ und ohne den Stopfer, den wir mitgeschickt hatten. Der Stopfer ist ein Sicherheitsteil! Ohne ihn dürfen wir laut Heft gar nicht arbeiten. Seitdem steht das Gerät im Schuppen. Inzwischen sind uns elf Wochenenden verloren gegangen, das Schnittgut liegt in einem Berg neben dem Vereinsheim, die Kinder nennen ihn den Brocken, die Amseln haben ihn längst bezogen, und die Stadt hat uns zum zweiten Mal wegen des Bergs geschrieben.

Damit ich nicht nur schimpfe, hier die Fragen, auf die wir gern eine Antwort hätten:

1. Schaltet der Motor wegen Wärme ab, und wenn ja, ab welcher Temperatur der Luft? Im Juli hatten wir 33 Grad im Schatten.
2. Darf ein Verein das Gerät benutzen oder nicht? Wo steht das?
3. Was genau wurde in den fünf Wochen geprüft, und wie lange lief der Motor dabei am Stück?
4. Wo ist unser Stopfer?
5. Gibt es den GH-30 auch mit dem Motor des großen Modells, und was würde ein Tausch kosten?
6. Kann jemand von euch an einem Samstag kommen und es sich ansehen? Kaffee und Kuchen gibt es, den Berg zum Häckseln auch, und das Buch mit den Betriebsstunden lege ich dazu.

Ich schreibe das nicht, um jemanden vorzuführen. Das Gerät ist gut gebaut, man merkt, dass sich jemand Gedanken gemacht hat, und wir würden es gern behalten. Aber 41 Leute fragen mich jeden Samstag, und ich habe keine Antwort mehr außer „die Messer wenden“. Das sagt inzwischen sogar mein Enkel, er ist vier. 😄

Grüße aus der Laubenkolonie 7
Reinhold, Gerätewart 🌿`;

export const ALLOTMENT_FIRST_ANSWER = `Guten Tag, Reinhold, danke für die ausführliche Schilderung. Zu Ihren Fragen:

1. Ja, der Motor schaltet bei 130 Grad in der Wicklung ab. Ab etwa 30 Grad Lufttemperatur empfehlen wir, wie bereits erwähnt, Pausen.
2. Ein Verein darf das Gerät benutzen. Die Auskunft am Telefon war falsch.
3. Das Prüfprotokoll senden wir Ihnen zu.
4. Der Stopfer ist unterwegs.
5. Den großen Motor gibt es nur im GH-50.
6. Das klären wir mit der Werkstatt.`;

export const ALLOTMENT_ANSWER = `Guten Tag, Reinhold, elf verlorene Wochenenden und viermal derselbe Rat: Das ist nicht der Dienst, den Sie von uns erwarten dürfen, und wir bitten die ganze Kolonie um Entschuldigung. Zu Ihren Fragen:

1. Ja, der Motor schaltet bei 130 Grad in der Wicklung ab und läuft nach dem Abkühlen wieder an. Bei 33 Grad im Schatten ist das nach etwa 25 Minuten der Fall. Dass er im Juli alle paar Minuten ausging, ist nicht normal.
2. Ein Verein darf das Gerät benutzen. Die Auskunft am Telefon war falsch; wir haben sie berichtigt.
3. Geprüft wurde zweimal 15 Minuten bei 19 Grad. Das war zu kurz, um Ihren Fehler zu sehen. Das Protokoll schicken wir Ihnen privat.
4. Der Stopfer lag noch in der Werkstatt. Er ist seit heute als Eilpaket unterwegs, die Sendungsnummer kommt per Nachricht.
5. Der große Motor passt nicht in das Gehäuse des GH-30. Was stattdessen möglich ist, besprechen wir mit Ihnen, wenn der Fehler gefunden ist.
6. Ja. Eine Kollegin aus der Werkstatt kommt am Samstag um zehn Uhr mit einem Messgerät und einem Leihhäcksler, der stehen bleibt, bis Ihrer läuft. Den Berg nehmen wir gleich mit in Angriff.

Ihr Buch über die Betriebsstunden würde uns sehr helfen. Und grüßen Sie Ihren Enkel. 🌿`;
