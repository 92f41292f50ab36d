internal import Catalog
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension Gallery {
    /// `GET /metrics` and `GET /healthz`, where they are served: what watches over programs asks without a session.
    ///
    /// - Returns: `nil` for any other path.
    func signOfLife(_ path: String) async throws -> Response? {
        guard settings.servesMetrics else { return nil }
        switch path {
        case "/metrics":
            return Self.plain(try await program.metrics(), type: "text/plain; version=0.0.4; charset=utf-8")
        case "/healthz":
            // That a camera is offline is nothing that a new start of this program would mend: the metrics tell it.
            do {
                _ = try await catalog.newestFrame()
                return Self.plain("ok\n")
            } catch {
                settings.onTrouble("\(path): \(error)")
                return Self.plain("the archive cannot be read\n", status: .serviceUnavailable)
            }
        default: return nil
        }
    }

    private static func plain(
        _ text: String, status: HTTPResponse.Status = .ok, type: String = "text/plain; charset=utf-8"
    ) -> Response {
        Response(
            status: status, headers: [.contentType: type, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
