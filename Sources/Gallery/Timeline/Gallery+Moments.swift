internal import Catalog
internal import Hummingbird
internal import Vocabulary

extension Gallery {
    /// `GET /cameras/names`
    func getCameraNames(_ visit: Visit) async throws -> Response {
        try json(["items": try await catalog.cameraNames().map(\.text)], to: visit)
    }

    private struct Span: Encodable {
        let camera: String
        let from, until: String?

        private enum Keys: String, CodingKey { case camera, from, until }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(camera, forKey: .camera)
            try container.encode(from, forKey: .from)
            try container.encode(until, forKey: .until)
        }
    }

    /// `GET /cameras/{camera}/span`
    func getSpan(_ visit: Visit) async throws -> Response {
        let camera = try await visit.camera()
        let span = try await catalog.span(of: camera)
        return try json(
            Span(camera: camera.text, from: span?.from.description, until: span?.until.description), to: visit)
    }

    /// `GET /cameras/{camera}/at`
    func getShownFrame(_ visit: Visit) async throws -> Response {
        let instant = try visit.query.required("at", try visit.query.time("at"))
        let camera = try await visit.camera()
        guard let shown = try await catalog.frames(at: instant, camera: camera).first else {
            throw Problem.notFound("no_such_frame", "The camera had no frame yet at that time.")
        }
        return try json(shown, to: visit)
    }
}
