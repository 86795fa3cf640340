//! The situation manual: what everybody may read before the exercise.

use maud::{Markup, html};

use super::paper::{self, Edition, agenda, artificialities, emergency, lines, minutes, objectives, overview};
use super::public::Public;

/// The page.
pub(super) fn page(of: &Public<'_>, origin: &str) -> Vec<u8> {
    let body = html! {
        section {
            p { strong { "All exercise participants may read this manual." } " It holds what everybody knows as the exercise \
                begins, and nothing of what is to come. Handle it as " (of.handling.label()) " says." }
            p { "It can be had in large print or read out: it is a web page, which a browser enlarges and a screen reader \
                reads. Ask the facilitator for captions, Braille, an interpreter, or whatever else you need to take part." }
        }
        (agenda(of))
        (overview(of))
        (general(of))
        @for nth in 0..of.modules.len() { (module(of, nth)) }
        (appendices(of))
    };
    let of = (of.title, of.handling, origin);
    paper::page(of, "Situation manual", Edition::Everybody, "", &body)
}

fn general(of: &Public<'_>) -> Markup {
    html! {
        section {
            h2 { "General information" }
            (objectives(of))
            h3 { "Roles and responsibilities" }
            div.table { table { tbody {
                tr { th { "Players" } td { "sit at the table for an organization, say what they would do, and decide. A seat is \
                    not a person: two may share one, and somebody else may take it over." } }
                tr { th { "Observers" } td { "watch, and speak when the facilitator asks them." } }
                tr { th { "Facilitators" } td { "read aloud, bring what reaches the seats, keep the time, and lead the talk. They \
                    answer questions about the rules and none about the story." } }
                tr { th { "Evaluators" } td { "note what the team does, by objective. They rate the team, never a person." } }
            } } }
            h3 { "Structure" }
            p { "The exercise is a discussion with decisions, in "
                (crate::report::counted(of.modules.len() as u64, "module", "modules")) ". In each, the facilitator reads \
                aloud where the story stands. Then messages reach the seats that they are meant for, and seats are asked to \
                decide. Between them there is time to talk. A decision is made by its seat, out loud, with its reason." }
            h3 { "Guidelines" }
            ul {
                li { "Nothing that is said here is held against anybody. Disagree, and say why." }
                li { "Answer from your own plans and from what your seat knows now. You do not have to know more than it would." }
                li { "Say what you would do, whom you would tell, and what you would ask for. Then decide." }
                li { "If something in the story seems wrong to you, note it and go on; it is for the hot wash." }
                li { "Every message of the exercise begins and ends with EXERCISE EXERCISE EXERCISE. Call nobody outside the \
                    room about it." }
            }
            (emergency())
            (artificialities(of))
            h3 { "Hot wash and evaluation" }
            p { "Right after the end the facilitator takes each objective in turn and asks what you saw. Bring your decision log. \
                Then fill in the feedback form. What comes out is a report with an improvement plan; each line of it has an \
                owner and a date." }
        }
    }
}

fn module(of: &Public<'_>, nth: usize) -> Markup {
    let module = &of.modules[nth];
    html! {
        section.new-page {
            h2 { "Module " (nth + 1) ": " (module.title) }
            p.minor { (minutes(module.takes)) }
            h3 { "Where the story stands" }
            @if nth == 0 { p.read { (of.opening) } }
            @else { p { "It is read aloud as the module begins. Notes:" } (lines(5)) }
            @if !module.questions.is_empty() {
                h3 { "Questions" }
                p { "For all seats. Begin with your own organization, then listen to the others." }
                ol { @for question in module.questions { li { (question) (lines(2)) } } }
            }
            h3 { "Key issues" }
            p { "What came up, and who has to settle it:" }
            (lines(4))
        }
    }
}

fn appendices(of: &Public<'_>) -> Markup {
    html! {
        section.new-page {
            h2 { "Appendix A: participants" }
            div.table { table {
                thead { tr { th { "seat" } th { "organization" } th { "who sits there" } } }
                tbody { @for seat in &of.seats { tr { td { (seat.title) } td { (seat.organisation) } td { span.fill { } } } } }
            } }
            h2 { "Appendix B: plans and policies" }
            @if of.about.plans.is_empty() { p { "None is named. Bring those that you would use." } }
            ul { @for plan in &of.about.plans { li { (plan) } } }
            h2 { "Appendix C: acronyms and words" }
            div.table { table { tbody {
                tr { th { "TLP" } td { "Traffic Light Protocol: how far a document may be passed on" } }
                tr { th { "Inject" } td { "a message that reaches seats in the course of the exercise" } }
                tr { th { "Hot wash" } td { "the talk right after the end: what went well, what did not" } }
                tr { th { "Desk" } td { "those at the hub who hear what is reported, and open cases" } }
                tr { th { "Operator" } td { "a firm that handles goods at the hub" } }
                tr { th { "Layer" } td { "something that notices: a check, a monitor, a guard, somebody who speaks up" } }
                tr { th { "Belief" } td { "how strongly the desk's arithmetic suspects an operator; no proof" } }
            } } }
        }
    }
}
