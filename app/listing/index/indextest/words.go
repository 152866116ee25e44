package indextest

import (
	"math"
	"math/rand/v2"
	"strings"
)

func list(s string) []string { return strings.Fields(s) }

var (
	verbs = list(`send create update sync import export track manage schedule share collect sign approve
		remind notify publish record book invoice translate assign score enrich merge archive analyze plan
		automate embed link route qualify capture follow measure call text chat design`)
	things = list(`contact deal ticket company invoice quote payment order product task project message email
		campaign form survey page report dashboard calendar meeting event webinar video call recording
		document contract signature file folder note lead account customer subscriber list segment
		workflow pipeline stage owner team chat channel conversation comment review rating feed post ad
		audience keyword store cart coupon subscription refund shipment inventory expense budget time
		timesheet shift candidate job course lesson certificate data field record table sheet row webhook
		number sms phone voicemail transcript translation image design template backup`)
	fillers = list(`the and with for your you from all into that without every any can are new one when while
		more no code in of to a on by is it this their our team business customers sales marketing
		service teams easy fast simple secure automatically real time right inside directly across
		integration app connect sync keep save data powerful help helps get make see know work`)
	adjectives = list(`smart simple instant secure shared automatic live visual mobile global local advanced
		flexible unified modern open custom central daily clean bulk two-way real-time no-code`)
	kinds = list(`CRM Sync Forms Mail Chat Calls Books Desk Flow Sign Pay Sheets Docs Ads Analytics Surveys
		Calendar Connect Hub Cloud Studio AI Bot Reviews Projects Storage Video SMS`)
	syllables = list(`ac al an ar ba be bi bo bra ca cel chi co da del di do dra el en er fa fi flo fo ga gen
		gra ha hi in jo ka kel ki la len li lo lu ma mel mi mo na ne ni no nu o pa pe pi po qua ra re ri
		ro ru sa sel si so sta ta tel ti to tra u va ve vi vo wa wi xa ya ze zi zo`)
	categories = list(`accounting advertising analytics automation calendar calling chat commerce community
		connector content customer-success data-management design development documents email events
		finance forms hiring hr industry-specific it learning legal live-chat marketing messaging
		partner payments productivity project-management reporting sales scheduling security social
		support surveys video webinars`)
)

// tongue is what translations and searches in a language are made of.
type tongue struct {
	code  string
	words []string
	glue  string
}

var tongues = []tongue{
	{"de", list(`Kontakte Rechnungen Aufgaben Termine E-Mails senden verwalten automatisch für Ihr Team und mit
		der Kalender Übersicht Verträge unterschreiben schnell einfach Umfragen größer Kunden Vertrieb`), " "},
	{"fr", list(`contacts factures tâches réunions envoyer gérer créer automatiquement pour votre équipe et avec
		le calendrier clients ventes données suivi rappels élégant déjà enquêtes contrats`), " "},
	{"es", list(`contactos facturas tareas reuniones enviar gestionar crear automático para su equipo y con el
		calendario clientes ventas datos año sesión formularios encuestas rápida`), " "},
	{"pt", list(`contatos faturas tarefas reuniões enviar gerenciar criar automação para sua equipe e com o
		calendário clientes vendas dados sessão formulários pesquisas rápida`), " "},
	{"nl", list(`contacten facturen taken afspraken versturen beheren maken automatisch voor uw team en met de
		agenda klanten verkoop gegevens formulieren enquêtes snel eenvoudig`), " "},
	{"it", list(`contatti fatture attività riunioni inviare gestire creare automatico per il tuo team e con
		calendario clienti vendite dati perché moduli sondaggi veloce`), " "},
	{"pl", list(`kontakty faktury zadania spotkania wyślij zarządzaj twórz automatycznie dla twojego zespołu i z
		kalendarz klienci sprzedaż dane łatwo szybko ankiety umowy źródło`), " "},
	{"ja", list(`連絡先 請求書 管理 送信 予定 会議 同期 顧客 営業 自動化 データ フォーム カレンダー メール 契約 署名 通知
		レポート 簡単 チーム を に の と で`), ""},
}

// skewed returns a number below n, the low ones much more often.
func skewed(r *rand.Rand, n int) int {
	return int(float64(n) * math.Pow(r.Float64(), 2.5))
}

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

// coinage is the 20,000 made-up words.
var coinage = func() (words [20_000]string) {
	r := rand.New(rand.NewPCG(99, 0))
	for i := range words {
		words[i] = pick(r, syllables) + pick(r, syllables) + pick(r, syllables) + string("nrstlm"[r.IntN(6)])
	}
	return words
}()

// coined returns a made-up word; a few of them are common.
func coined(r *rand.Rand) string { return coinage[skewed(r, len(coinage))] }

// prose returns n words of running text.
func prose(r *rand.Rand, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString([]string{" ", " ", " ", " ", " ", " ", ", ", ". "}[r.IntN(8)])
		}
		switch k := r.IntN(20); {
		case k < 9:
			b.WriteString(fillers[skewed(r, len(fillers))])
		case k < 14:
			b.WriteString(things[skewed(r, len(things))])
		case k < 17:
			b.WriteString(verbs[skewed(r, len(verbs))])
		case k < 18:
			b.WriteString(pick(r, adjectives))
		default:
			b.WriteString(coined(r))
		}
	}
	return b.String()
}

// say returns n words of t.
func say(r *rand.Rand, t tongue, n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = t.words[skewed(r, len(t.words))]
	}
	return strings.Join(words, t.glue)
}
