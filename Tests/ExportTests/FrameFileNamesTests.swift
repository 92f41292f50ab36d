import Testing
import Vocabulary

@testable import Export

@Suite struct `The name of an exported picture` {
    private let instant = Timestamp(milliseconds: 1_795_442_700_250)

    @Test func `is its camera and its time in UTC`() throws {
        var names = FrameFileNames()
        #expect(try names.name(camera: CameraName("printer"), at: instant) == "printer_20261123T140500.250Z.jpg")
    }

    @Test func `gets a number where two fall into one millisecond, and where names differ in case only`() throws {
        var names = FrameFileNames()
        let given = try ["a b", "a_b", "A_B", "c"].map { names.name(camera: try CameraName($0), at: instant) }
        #expect(
            given == [
                "a_b_20261123T140500.250Z.jpg", "a_b_20261123T140500.250Z-2.jpg", "A_B_20261123T140500.250Z-3.jpg",
                "c_20261123T140500.250Z.jpg",
            ])
        #expect(try names.name(camera: CameraName("a b"), at: instant + .milliseconds(1)).hasSuffix("251Z.jpg"))
    }

    @Test(arguments: [
        ("Prusa MK4 (left)", "Prusa_MK4__left_"), ("a:b*c?\"d<e>f|g", "a_b_c__d_e_f_g"), ("Küche.2-b", "Küche.2-b"),
        ("$(reboot);`x`", "__reboot___x_"),
    ])
    func `holds nothing that trips a shell or a file system`(camera: String, safe: String) throws {
        #expect(try PortableName(CameraName(camera).text).text == safe)
    }

    @Test(arguments: [
        ("CON", "CON_"), ("con", "con_"), ("Prn", "Prn_"), ("AUX.left", "AUX_.left"), ("nul.", "nul_._"),
        ("COM1", "COM1_"), ("lpt9.x", "lpt9_.x"), ("COM¹", "COM¹_"), ("bed.", "bed._"), ("room...", "room..._"),
        ("COM0", "COM0"), ("COM10", "COM10"), ("Console", "Console"), ("my.con", "my.con"), ("CON_", "CON_"),
    ])
    func `is no device on Windows, and does not end in a dot that Windows drops`(camera: String, safe: String) throws {
        let name = try CameraName(camera)
        #expect(PortableName(camera).text == safe)
        var (outputs, names) = (CameraOutputs(), FrameFileNames())
        for path in [
            outputs.path(for: "{camera}.mp4", of: name), outputs.path(for: "x/{camera}/", of: name),
            outputs.path(for: "x/day.mp4", of: name), names.name(camera: name, at: instant),
            PictureSet.folderName(for: camera + ".zip"), PictureSet.folderName(for: "day..tar"),
        ] {
            for part in path.split(separator: "/") {
                #expect(!PortableName.isDevice(part) && part.last != "." && part.last != " ", "\(path)")
            }
        }
        #expect(CameraOutputs.isAsked(by: "aux/{camera}.mp4"))
        #expect(outputs.path(for: "aux/{camera}.gif", of: try CameraName("bed")) == "aux/bed.gif")
    }

    @Test(arguments: ["../../x", "a\u{0}b", "a\nb", "..", "-rf", "a/b", "a\\b"])
    func `can come from no camera that would lead elsewhere`(camera: String) {
        #expect(throws: VocabularyError.self) { try CameraName(camera) }
    }
}
