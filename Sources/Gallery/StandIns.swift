internal import Hummingbird
extension Gallery {
    func getCameraNames(_ visit: Visit) async throws -> Response { Response(status: .notImplemented) }
    func getSpan(_ visit: Visit) async throws -> Response { Response(status: .notImplemented) }
    func getTimeline(_ visit: Visit) async throws -> Response { Response(status: .notImplemented) }
    func getCurves(_ visit: Visit) async throws -> Response { Response(status: .notImplemented) }
    func getShownFrame(_ visit: Visit) async throws -> Response { Response(status: .notImplemented) }
    func getSheet(_ visit: Visit) async throws -> Response { Response(status: .notImplemented) }
    func getWhen(_ visit: Visit) async throws -> Response { Response(status: .notImplemented) }
    func getCoverage(_ visit: Visit) async throws -> Response { Response(status: .notImplemented) }
    func getRuns(_ visit: Visit) async throws -> Response { Response(status: .notImplemented) }
    func getHeat(_ visit: Visit) async throws -> Response { Response(status: .notImplemented) }
    func getFrames(_ visit: Visit) async throws -> Response { Response(status: .notImplemented) }
    func getFrame(_ visit: Visit) async throws -> Response { Response(status: .notImplemented) }
    func getPicture(_ visit: Visit) async throws -> Response { Response(status: .notImplemented) }
    func getReel(_ visit: Visit) async throws -> Response { Response(status: .notImplemented) }
    func getPrints(_ visit: Visit) async throws -> Response { Response(status: .notImplemented) }
    func getPrint(_ visit: Visit) async throws -> Response { Response(status: .notImplemented) }
    func getStats(_ visit: Visit) async throws -> Response { Response(status: .notImplemented) }
}
