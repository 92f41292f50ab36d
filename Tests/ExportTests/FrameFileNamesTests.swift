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
        #expect(try FrameFileNames.safe(CameraName(camera).text) == safe)
    }

    @Test(arguments: ["../../x", "a\u{0}b", "a\nb", "..", "-rf", "a/b", "a\\b"])
    func `can come from no camera that would lead elsewhere`(camera: String) {
        #expect(throws: VocabularyError.self) { try CameraName(camera) }
    }
}
