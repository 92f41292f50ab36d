internal import NIOCore
internal import Vocabulary

/// The account's server: uploaded pictures, the pages on which a tunnel is authorized, and what steers the simulation.
struct AccountRoutes: Sendable {
    let simulation: Simulation
    let authorization: AuthorizationPages

    func respond(to request: ServerRequest) async -> ResponseScript {
        simulation.catchUp()
        let isControl = request.path.hasPrefix(Control.path)
        let isPage = request.path.hasPrefix("/tunnels/") || request.path.hasPrefix("/api/")
        let fault = isControl ? nil : simulation.strike(isPage ? .authorization : .picture)
        let answer =
            if isControl {
                Control(simulation: simulation).answer(to: request)
            } else if isPage {
                authorization.answer(to: request)
            } else {
                await picture(request, isSpoiled: fault != nil)
            }
        if !isControl {
            simulation.record(
                RecordedRequest(
                    server: .account, method: request.method, path: request.path, target: request.target,
                    headers: request.headers, status: answer.status, fault: fault?.description))
        }
        return fault?.spoil(answer, for: request.method) ?? answer.script(for: request.method)
    }

    /// No credentials are asked for: the signed address is the capability.
    private func picture(_ request: ServerRequest, isSpoiled: Bool) async -> Answer {
        guard request.path.hasPrefix(PictureRoll.folder + "/") else { return .page(404) }
        guard let digest = request.parameter("digest") else { return .page(500) }
        guard digest == simulation.digest(of: request.path) else { return .page(403) }
        guard let entry = simulation.roll.entry(at: request.path, elapsed: simulation.elapsed) else {
            return .page(404)
        }
        let order = PictureStudio.Order(
            printer: simulation.printer, elapsed: entry.takenAt, number: entry.number, tagged: entry.variant == .tagged)
        do {
            let answer = Answer(200, type: "image/jpeg", body: try await simulation.studio.picture(order))
            if !isSpoiled { simulation.withState { _ = $0.sentWhole.insert(entry.number) } }
            let encodings = request.header("Accept-Encoding")?.lowercased() ?? ""
            return encodings.contains("gzip") ? answer.gzipped() : answer
        } catch {
            return .page(500)
        }
    }
}
