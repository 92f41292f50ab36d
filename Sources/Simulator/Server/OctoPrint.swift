internal import NIOCore
internal import Vocabulary

/// OctoPrint behind the tunnel, as far as it is asked here.
struct OctoPrint: Sendable {
    let simulation: Simulation

    func answer(to request: ServerRequest) async -> Answer {
        switch request.path {
        case "/api/version":
            return .json(#"{"api":"0.1","server":"1.10.3","text":"OctoPrint 1.10.3"}"#)
        case "/api/job":
            return mayAsk(request) ? .json(job()) : .page(403)
        case "/api/printer":
            return mayAsk(request) ? .json(printer()) : .page(403)
        case "/webcam/" where request.parameter("action") == "snapshot":
            return await live()
        default:
            return .page(404)
        }
    }

    private func mayAsk(_ request: ServerRequest) -> Bool {
        guard let key = simulation.settings.octoPrintKey else { return true }
        return request.header("X-Api-Key") == key
    }

    /// The camera as it is now, and not when the last picture was uploaded.
    private func live() async -> Answer {
        let elapsed = simulation.elapsed
        let number = -1 - Int(truncatingIfNeeded: elapsed.milliseconds)
        do {
            let picture = try await simulation.studio.picture(
                PictureStudio.Order(printer: simulation.printer, elapsed: elapsed, number: number, tagged: false))
            return Answer(200, type: "image/jpeg", body: picture)
        } catch {
            return .page(500)
        }
    }

    private func job() -> String {
        let moment = simulation.printer.moment(at: simulation.elapsed)
        let file = moment.number.map { #"{"name":"part-\#($0).gcode","origin":"local"}"# } ?? #"{"name":null}"#
        let total = simulation.settings.warmUp + simulation.settings.printDuration
        let spent = moment.phase == .warmingUp ? moment.since : simulation.settings.warmUp + moment.since
        let progress =
            moment.phase.isActive
            ? #"{"completion":\#((moment.progress * 100).formatted(places: 2)),"printTime":\#(spent.components.seconds),"#
                + #""printTimeLeft":\#(max(0, (total - spent).components.seconds))}"#
            : #"{"completion":\#(moment.phase == .finished ? "100.0" : "null"),"printTime":null,"printTimeLeft":null}"#
        return #"{"job":{"file":\#(file)},"progress":\#(progress),"state":"\#(state(moment))"}"#
    }

    private func printer() -> String {
        let moment = simulation.printer.moment(at: simulation.elapsed)
        let isHot = moment.phase.isActive
        return #"{"state":{"text":"\#(state(moment))","flags":{"operational":true,"printing":\#(isHot)}},"#
            + #""temperature":{"tool0":{"actual":\#(isHot ? "209.8" : "24.1"),"target":\#(isHot ? "210.0" : "0.0")},"#
            + #""bed":{"actual":\#(isHot ? "59.9" : "23.8"),"target":\#(isHot ? "60.0" : "0.0")}}}"#
    }

    private func state(_ moment: PrintMoment) -> String {
        moment.phase.isActive ? "Printing" : "Operational"
    }
}
