"""What people of the simulated organisation write in English: each planted topic in many ways, openings, endings, chatter.

`{who}`, `{where}` and `{when}` are filled in by lot. All of it is made up.
"""

from __future__ import annotations

TOPICS = {
    "cheaper sensors": (
        (
            "{who} was offered sensors at half our price",
            "cheap sensors from a rival turn up in every tender {where}",
            "the price of sensors is what buyers ask about first, {who} among them",
            "a competitor undercuts us on sensors by a third {where}",
            "low cost sensors are good enough now, says {who}",
            "we lost an order {where} because rival sensors are cheaper",
            "another maker halved its list price for sensors {when}",
            "{who} showed me a cheap sensor of a competitor and asked why ours costs double",
            "discount sensors are on the shelf {where} and sell well",
            "sensors become a commodity, rivals sell them on price alone",
            "a new entrant gives the sensor away with the service {where}",
        ),
        (
            "Their sensor drifts, but nobody checks.",
            "The rival ships within a week.",
            "Our sensor price list looks old beside theirs.",
            "They sell the same sensor under three names.",
            "Buyers compare sensor prices on the web first.",
            "A cheaper sensor line of our own would answer it.",
        ),
    ),
    "calibration by phone": (
        (
            "calibration by phone app spreads {where}",
            "an app now does the calibration that we send people for, {who} uses it",
            "remote calibration was shown {when} and it worked",
            "{who} calibrates instruments with a mobile phone and a reference cell",
            "a university group calibrates probes over a phone camera",
            "self calibration by app needs no technician on site any more",
            "with an app {who} did a whole calibration in ten minutes",
            "phone based calibration was the talk of the conference {where}",
            "calibrating at a distance, by phone, is no longer a toy",
            "the calibration visit will vanish once the app is approved, {who} thinks",
            "researchers {where} published how to calibrate with an ordinary phone",
        ),
        (
            "Our calibration visits earn well today.",
            "The app stores every calibration in the cloud.",
            "It takes a phone and a small reference cell.",
            "A prototype of the app is free to download.",
            "Accuracy of the phone method is within our tolerance.",
            "We could offer the calibration app ourselves.",
        ),
    ),
    "traceability rule": (
        (
            "a traceability rule is being drafted, {who} has seen it",
            "auditors will ask for traceability of readings from next year",
            "the regulator wants every reading traceable to a standard",
            "new rules on traceable records are out for comment {where}",
            "{who} must prove where each measurement comes from once the rule is in force",
            "the draft regulation asks for an audit trail behind each value",
            "an inspector told us {when} that traceability becomes mandatory",
            "paper logs will not satisfy the coming traceability requirement",
            "compliance with traceable measurement is on the agenda of {who}",
            "the authority will fine firms without traceability of data",
            "a directive on traceable readings passes this spring, I was told {when}",
        ),
        (
            "The comment period for the rule ends soon.",
            "Our loggers keep no audit trail yet.",
            "Whoever is compliant first will win the audits.",
            "The rule covers old instruments too.",
            "The inspectors want signed records.",
            "It is in the second draft of the regulation.",
        ),
    ),
    "glass shortage": (
        (
            "optical glass is late again {where}",
            "our glass supplier rations deliveries",
            "lead times for glass have doubled since {when}",
            "the furnace at the glass works {where} is down for repair",
            "{who} cannot get optical glass either",
            "lens blanks are short and the supplier gives no date",
            "we wait nine weeks for glass that used to take three",
            "the glass plant {where} sells its output to car makers first",
            "deliveries of lens glass were cut by half {when}",
            "stocks of optical glass will run out before the summer",
            "the glass works raised prices and still delivers late",
        ),
        (
            "A second source of glass is not qualified.",
            "They promise glass by the quarter and miss it.",
            "Polymer lenses might do for half of it.",
            "Our stock of blanks lasts a month.",
            "The supplier puts bigger buyers of glass first.",
            "We should order the glass for the whole year.",
        ),
    ),
    "rental instead of sale": (
        (
            "clients ask to rent instruments instead of buying them, {who} for one",
            "{who} wants instruments as a service, with no purchase",
            "{who} would like to pay per measurement rather than own the device",
            "a monthly fee instead of an investment came up {when}",
            "leasing was asked for three times {where}",
            "{who} has no budget to buy but can rent from running costs",
            "hospitals {where} now tender for rental only",
            "a subscription for devices would suit {who}",
            "customers want to hand instruments back after a season",
            "pay per use is what {who} asked about {when}",
            "renting equipment frees their capital, {who} says",
        ),
        (
            "They would rent from us tomorrow.",
            "Finance has no model for rental income.",
            "The fee they named was fair.",
            "They rent everything else already.",
            "Used devices could go out on lease.",
            "A rental contract needs swaps within a day.",
        ),
    ),
    "hydrogen plants": (
        (
            "hydrogen plants need leak detection {where}",
            "{who} asks for hydrogen rated probes",
            "leak detection for hydrogen came up {when}",
            "a new electrolyser {where} looks for hydrogen detectors",
            "{who} builds a hydrogen terminal and has no supplier for gas sensing",
            "our probe is not certified for hydrogen, and {who} needs one that is",
            "hydrogen filling stations want monitors like ours",
            "three hydrogen projects {where} have no detector chosen",
            "{who} would trial our leak probe on a hydrogen line",
            "green hydrogen is being built {where} and safety gear is missing",
            "the hydrogen pipeline {where} calls for detectors every fifty metres",
        ),
        (
            "The hydrogen probe needs another seal.",
            "They need detectors by the autumn.",
            "Nobody sells a certified hydrogen detector there.",
            "It would be the same probe with a new housing.",
            "Their safety officer would talk to us.",
            "Each plant takes forty detectors.",
        ),
    ),
    "repair shops bought": (
        (
            "a rival buys up independent repair shops {where}",
            "the workshop that mended our devices {where} now belongs to a competitor",
            "a competitor took over the service firm that {who} uses",
            "repair shops are being acquired one after another by a rival",
            "{who} told me {when} that its repair firm was sold to our competitor",
            "independent service partners are disappearing, bought by another maker",
            "a rival now owns four repair workshops {where}",
            "the competitor offers repair of our instruments through shops it bought",
            "with the service firms it acquired a rival gets to see our installed base",
            "our repair partner {where} got an offer from a competitor",
            "takeovers of service workshops {where} go on, and a rival is behind them",
        ),
        (
            "They repair our instruments and sell theirs.",
            "The owner of the workshop wants to retire.",
            "We have no contract that keeps the repair shop.",
            "Two more workshops are for sale.",
            "They learn our faults from each repair.",
            "We might buy a service firm first.",
        ),
    ),
    "plating line closes": (
        (
            "the plating supplier {where} will close its line",
            "our supplier of plated housings stops nickel plating",
            "chrome and nickel plating ends at the subcontractor {where}",
            "{who} moves its plated parts elsewhere because the plater shuts down",
            "the electroplating shop gave notice {when}",
            "no more plated connectors from our vendor after this year",
            "the plater {where} lost its permit and winds down",
            "housings come back unplated since the subcontractor closed a bath",
            "our vendor for coated parts sells the plating line",
            "last orders for plating are due, the supplier said {when}",
            "finding another plating subcontractor takes half a year",
        ),
        (
            "Every housing of ours is plated there.",
            "Stainless housings would need no plating.",
            "The other plater has a queue of months.",
            "They take last orders until the summer.",
            "We have no second vendor for plated parts.",
            "The coating drawings are theirs.",
        ),
    ),
    "solvent ban": (
        (
            "a ban on the cleaning solvent we use is coming",
            "the environment agency will forbid fluorinated solvents",
            "{who} expects the solvent to be banned within two years",
            "an exemption for our cleaning fluid runs out, an official said {when}",
            "fluorinated cleaning agents are on the list of banned substances",
            "the chemicals law {where} now covers the solvent in our kits",
            "{who} no longer accepts products cleaned with that solvent",
            "the authority consults on prohibiting degreasing solvents",
            "solvents in our service kits become illegal to ship {where}",
            "a phase-out of the solvent was announced {when}",
            "the new substance list forbids what we degrease optics with",
        ),
        (
            "Water based cleaning was tried by Service once.",
            "Our kits hold two bottles of the solvent.",
            "The ban has no exemption for optics.",
            "We need a substitute for the solvent.",
            "Stocks of solvent may be used up until then.",
            "Labels on the kits must change as well.",
        ),
    ),
    "failure forecasts": (
        (
            "software that foretells failures of pumps was shown {when}",
            "{who} tries a model which predicts breakdowns from vibration data",
            "predictive maintenance by machine learning is in use {where}",
            "a start-up forecasts faults a week ahead from ordinary readings",
            "an institute {where} trains models on readings like ours to foresee failures",
            "algorithms now warn of a breakdown before our alarm does",
            "{who} wants forecasts of failure and not another gauge",
            "a neural network found wear in bearings from our own data",
            "the demo of failure prediction {where} was convincing",
            "students built a forecast of outages on open data of {who}",
            "early warning of faults from a learning model comes with new devices {where}",
        ),
        (
            "The model needs a year of data to learn.",
            "We have the data and no model.",
            "False alarms of the forecast are rare, they say.",
            "It runs on the device itself.",
            "The institute looks for a partner with data.",
            "A forecast could be sold with every device.",
        ),
    ),
}
"""Planted topics: ways to say each, and what else may be said of it."""
SLOTS = {
    "who": (
        "a hospital", "a dairy", "a shipping line", "an energy client", "a food maker", "a lab", "an old client",
        "a distributor", "a port", "a brewery", "one of our partners", "a buyer I know",
    ),
    "where": (
        "in the north", "in Poland", "on the west coast", "in two countries", "abroad", "around the fjord", "in Asia",
        "near Lyon", "in the Baltics", "here in the region", "in Canada", "down south",
    ),
    "when": (
        "last week", "at the fair", "during a visit", "over lunch", "in a tender meeting", "at the yearly conference",
        "on a call", "this month", "in passing", "at a workshop",
    ),
}  # fmt: skip
OPENINGS = (
    "At a client visit: ", "Heard last week: ", "From the fair: ", "It seems that ", "Twice this month: ",
    "I was told that ", "Worth knowing: ", "From a call: ", "Again: ", "News to me: ", "People outside say that ",
    "", "", "", "", "",
)  # fmt: skip
ENDINGS = (
    "We have no answer yet.", "Worth a look.", "Others will move first.", "Could be sold twice.", "I can say more.",
    "Somebody should call back.", "We ought to decide soon.", "I would not wait.", "Happy to introduce somebody.",
    "Not urgent, but it grows.",
)  # fmt: skip
CHATTER = {
    "matter": (
        "the car park", "the canteen", "the Monday meeting", "the travel booking", "the lift", "the intranet search",
        "the expense form", "the heating", "the open office", "the printer on our floor", "the new seating", "the VPN",
        "the holiday calendar", "the onboarding week", "the bonus scheme", "the coffee machine", "the shift plan",
        "the newsletter", "the warehouse gate", "the training budget", "the laptop refresh", "the badge reader",
        "the approval of offers", "the summer party", "the phone system", "the bike shed", "the town hall",
        "the desk booking", "the sick leave form", "the reorganisation", "the time sheet", "the ticket queue",
    ),
    "state": (
        "{matter} takes too long", "{matter} is full by eight", "nobody owns {matter}", "{matter} broke down again",
        "everybody complains about {matter}", "{matter} was better last year", "can we fix {matter} at last",
        "{matter} needs a plan", "we talk about {matter} and nothing happens", "{matter} could be simpler",
        "{matter} works well now", "I gave up on {matter}", "there is no budget for {matter}", "who decides on {matter}",
        "{matter} differs from site to site", "{matter} deserves praise for once",
    ),
}  # fmt: skip
"""What people write about when it is not the market: a matter at home, and what is said of it."""
EMPTY = (
    "none",
    "n/a",
    "-",
    "nothing",
    "No.",
    "nothing to add",
    "don't know",
    "N/A",
    "none that I know of",
    "...",
    "no comment",
)
"""Answers that say nothing."""
FORWARDS = ("Fwd: ", "FW: ", "", "", "Passing this on: ", "As a colleague wrote: ")
"""How what a colleague wrote is passed on."""
NAMINGS = {
    "colleague": ("Ask {it} about it.", "I heard it with {it}.", "{it} knows more.", "Spoke to {it} as well."),
    "contact": ("{it} told me so.", "My contact there is {it}.", "It came from {it}.", "{it} would meet us."),
    "party": ("It came up at {it}.", "{it} said as much.", "Seen at {it}.", "The people of {it} confirm it."),
    "phone": ("Call {it}.", "The number is {it}.", "Reach them on {it}."),
    "mail": ("Write to {it}.", "Details from {it}.", "Answer to {it}, please."),
    "address": ("They sit at {it}.", "Their office: {it}.", "I was at {it}."),
    "amount": ("It is about {it}.", "They spoke of {it}.", "The order would be {it}."),
}
"""How people, parties, numbers and addresses are named."""
