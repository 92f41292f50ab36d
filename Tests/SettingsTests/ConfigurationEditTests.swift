import Settings
import Testing
import Vocabulary

@Suite struct `Changing a configuration's text` {
    private static let text = """
        # all of them
        interval: 30s   # half a minute

        cameras:
          # the left one
          - name: left
            url: http://192.168.1.7/

            interval: 5s
          # the right one
          # (by the window)
          - name: "right"
            endpoint_file: right.tunnel
        # the end
        metrics: 9464

        """

    private func edit(_ text: String = text) -> ConfigurationEdit { ConfigurationEdit(text, file: "config.yaml") }

    private func name(_ text: String) throws -> CameraName { try CameraName(text) }

    @Test func `adds a camera behind the others and leaves all else alone`() throws {
        let edited = try edit().adding(
            try name("new one"), settings: [("url", "http://10.0.0.1/a?b=c#d"), ("interval", "2s")])
        #expect(
            edited
                == Self.text.replacing(
                    "    endpoint_file: right.tunnel\n",
                    with: """
                            endpoint_file: right.tunnel
                          - name: new one
                            url: "http://10.0.0.1/a?b=c#d"
                            interval: 2s

                        """))
    }

    @Test func `makes a configuration where there is none`() throws {
        let edited = try edit("").adding(try name("a"), settings: [])
        #expect(edited == "cameras:\n  - name: a\n")
    }

    @Test(arguments: ["yes", "12: 3", "a\"b", "é ü", "#1", "null"])
    func `writes any name so that it is read as it was`(text: String) throws {
        let edited = try edit("").adding(try name(text), settings: [])
        #expect(try ConfigurationFile.parse(edited, file: "x").cameras.map(\.name) == [try name(text)])
    }

    @Test func `takes a camera out, with the comment above it`() throws {
        let edited = try edit().removing(try name("right"))
        #expect(
            edited
                == Self.text.replacing(
                    """
                      # the right one
                      # (by the window)
                      - name: "right"
                        endpoint_file: right.tunnel

                    """, with: ""))
        let other = try #require(try edit().removing(try name("left")))
        #expect(try ConfigurationFile.parse(other, file: "x").cameras.map(\.name.text) == ["right"])
        #expect(other.contains("(by the window)"))
        #expect(!other.contains("the left one"))
    }

    @Test func `leaves no configuration without a camera`() throws {
        #expect(try edit("cameras:\n  - name: a\n").removing(try name("a")) == nil)
    }

    @Test(arguments: ["cameras: [{name: a}, {name: b}]", "cameras: [{name: a},\n  {name: b}]"])
    func `says so where it is not laid out line by line`(text: String) throws {
        let error = #expect(throws: ConfigurationError.self) { try edit(text).removing(try name("a")) }
        #expect(error?.hint.contains("by hand") == true)
    }

    @Test func `refuses a name that is there, one that is not, and a text that is wrong`() throws {
        #expect(throws: ConfigurationError.self) { try edit().adding(try name("left"), settings: []) }
        #expect(throws: ConfigurationError.self) { try edit().removing(try name("middle")) }
        #expect(throws: ConfigurationError.self) { try edit("cameras: 1").adding(try name("a"), settings: []) }
        #expect(throws: ConfigurationError.self) { try edit().adding(try name("x"), settings: [("interval", "soon")]) }
    }
}
