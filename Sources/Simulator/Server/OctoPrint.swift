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
        case let path where path.hasPrefix(ApplicationKeyPages.path):
            return ApplicationKeyPages(simulation: simulation).answer(to: request)
        case "/webcam/" where request.parameter("action") == "snapshot":
            return await live()
        default:
            return .page(404)
        }
    }

    private func mayAsk(_ request: ServerRequest) -> Bool {
        simulation.isOctoPrintUser(request.header("X-Api-Key"))
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

    /// As OctoPrint 1.10 answers, `null` for whatever it has no value for.
    private func job() -> String {
        let moment = simulation.printer.moment(at: simulation.elapsed)
        let total = simulation.settings.warmUp + simulation.settings.printDuration
        let file =
            moment.number.map { number in
                #"{"date":\#(simulation.start.milliseconds / 1000),"display":"Part №\#(number).gcode","#
                    + #""name":"Part_No\#(number).gcode","origin":"local","path":"parts/Part_No\#(number).gcode","#
                    + #""size":\#(Self.fileBytes)}"#
            } ?? #"{"date":null,"display":null,"name":null,"origin":null,"path":null,"size":null}"#
        let known = moment.number != nil
        return
            #"{"job":{"averagePrintTime":null,"estimatedPrintTime":\#(known ? "\(total.components.seconds)" : "null"),"#
            + #""filament":\#(known ? #"{"tool0":{"length":8104.2,"volume":19.49}}"# : "null"),"file":\#(file),"#
            + #""lastPrintTime":null,"user":\#(known ? #""maker""# : "null")},"progress":\#(progress(moment, of: total)),"#
            + #""state":"\#(state(moment))"}"#
    }

    private static let fileBytes = 1_468_987

    private func progress(_ moment: PrintMoment, of total: Duration) -> String {
        guard moment.number != nil else {
            return
                #"{"completion":null,"filepos":null,"printTime":null,"printTimeLeft":null,"printTimeLeftOrigin":null}"#
        }
        let spent: Duration =
            switch moment.phase {
            case .warmingUp: moment.since
            case .printing: simulation.settings.warmUp + moment.since
            case .idle, .finished: simulation.settings.warmUp + simulation.settings.printDuration * moment.progress
            }
        return #"{"completion":\#((moment.progress * 100).formatted(places: 12)),"#
            + #""filepos":\#(Int(moment.progress * Double(Self.fileBytes))),"printTime":\#(spent.components.seconds),"#
            + #""printTimeLeft":\#(max(0, (total - spent).components.seconds)),"printTimeLeftOrigin":"linear"}"#
    }

    private func printer() -> String {
        let moment = simulation.printer.moment(at: simulation.elapsed)
        let isHot = moment.phase.isActive
        return #"{"state":{"text":"\#(state(moment))","flags":{"operational":true,"paused":\#(moment.isPaused),"#
            + #""printing":\#(isHot && !moment.isPaused)}},"#
            + #""temperature":{"tool0":{"actual":\#(isHot ? "209.8" : "24.1"),"target":\#(isHot ? "210.0" : "0.0")},"#
            + #""bed":{"actual":\#(isHot ? "59.9" : "23.8"),"target":\#(isHot ? "60.0" : "0.0")}}}"#
    }

    private func state(_ moment: PrintMoment) -> String {
        // Cancelling takes a moment: the head is moved out of the way.
        if moment.wasStopped, moment.since < .seconds(3) { return "Cancelling" }
        guard moment.phase.isActive else { return "Operational" }
        return moment.isPaused ? "Paused" : "Printing"
    }
}
