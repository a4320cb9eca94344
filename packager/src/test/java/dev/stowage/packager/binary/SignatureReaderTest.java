package dev.stowage.packager.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.loader.header.HeaderException;
import dev.stowage.packager.binary.SignedMachO.Directory;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each part of a code signature, right and wrong, on any machine. */
class SignatureReaderTest {
  private static Directory directory(Consumer<Directory> change) {
    Directory directory = new Directory();
    change.accept(directory);
    return directory;
  }

  private static SignedMachO signed(Consumer<Directory> change) {
    return new SignedMachO().directory(directory(change)).requirements("designated");
  }

  private static SignedMachO signed() {
    return signed(d -> {});
  }

  private static Signature read(byte[] file) throws Exception {
    return ((MachOBinary) Binary.read(file)).signature();
  }

  private static Signature read(SignedMachO file) throws Exception {
    return read(file.bytes());
  }

  @Test
  void aGoodSignatureIsReadWhole() throws Exception {
    Signature adHoc = read(signed(d -> d.flags |= SignedMachO.LINKER_SIGNED));
    assertThat(adHoc.damage()).isEmpty();
    assertThat(adHoc.kind()).isEqualTo(Signature.Kind.AD_HOC);
    assertThat(adHoc.identifier()).isEqualTo("libsigned.dylib");
    assertThat(adHoc.teamId()).isEmpty();
    assertThat(adHoc.linkerSigned()).isTrue();
    assertThat(adHoc.hardenedRuntime()).isFalse();
    assertThat(adHoc.hashes()).containsExactly("sha256");
    assertThat(adHoc.pages()).isEqualTo(3);

    SignedMachO named =
        signed(
                d -> {
                  d.flags = SignedMachO.RUNTIME;
                  d.team = "TEAM123456";
                })
            .certificate("cms");
    Signature identity = read(named);
    assertThat(identity.damage()).isEmpty();
    assertThat(identity.kind()).isEqualTo(Signature.Kind.IDENTITY);
    assertThat(identity.teamId()).isEqualTo("TEAM123456");
    assertThat(identity.hardenedRuntime()).isTrue();
    assertThat(identity.linkerSigned()).isFalse();
  }

  /** Anyone could change bytes between the sealed pages and the signature. */
  @ParameterizedTest
  @ValueSource(ints = {1, 16, 5000})
  void bytesBeforeTheSignatureThatNothingSealsAreDamage(int gap) throws Exception {
    Signature signature = read(signed().gap(gap));
    assertThat(signature.damage())
        .containsExactly("it seals 8292 bytes, but " + (8292 + gap) + " lie before it");
  }

  @Test
  void oneByteOfAnyPageBreaksIt() throws Exception {
    byte[] good = signed().bytes();
    int[] places = {48, SignedMachO.PAGE, 2 * SignedMachO.PAGE, SignedMachO.CODE - 1};
    int[] pages = {0, 1, 2, 2};
    for (int i = 0; i < places.length; i++) {
      byte[] bad = good.clone();
      bad[places[i]] ^= 1;
      assertThat(read(bad).damage())
          .containsExactly(
              "the sha256 of 1 of 3 pages is of another content, first page " + pages[i]);
    }
    byte[] worse = good.clone();
    worse[SignedMachO.PAGE] ^= 1;
    worse[2 * SignedMachO.PAGE] ^= 1;
    assertThat(read(worse).damage())
        .containsExactly("the sha256 of 2 of 3 pages is of another content, first page 1");
  }

  @Test
  void everyPageHasAHash() throws Exception {
    assertThat(read(signed(d -> d.missingHashes = 1)).damage())
        .containsExactly("it has hashes of 2 pages, but the file has 3");
    assertThat(read(signed(d -> d.missingHashes = -1)).damage())
        .containsExactly("it has hashes of 4 pages, but the file has 3");
  }

  @Test
  void zeroMeansOnePageForTheWholeFile() throws Exception {
    Signature whole = read(signed(d -> d.shift = 0));
    assertThat(whole.damage()).isEmpty();
    assertThat(whole.pages()).isEqualTo(1);
  }

  @Test
  void aLongLimitCountsFromItsVersionOn() throws Exception {
    assertThat(read(signed(d -> d.longLimit = true)).damage()).isEmpty();
    assertThat(read(signed(d -> d.version = 0x20300)).damage()).isEmpty();
    Directory old = directory(d -> d.version = 0x20200);
    old.longLimit = true;
    assertThat(read(new SignedMachO().directory(old)).damage())
        .contains("it seals 0 bytes, but 8292 lie before it");
  }

  @Test
  void teamsCountFromTheirVersionOn() throws Exception {
    assertThat(read(signed(d -> d.team = "TEAM")).teamId()).isEqualTo("TEAM");
    Consumer<Directory> from = d -> d.version = 0x20200;
    assertThat(read(signed(from.andThen(d -> d.team = "TEAM"))).teamId()).isEqualTo("TEAM");
    Consumer<Directory> before = d -> d.version = 0x20100;
    assertThat(read(signed(before.andThen(d -> d.team = "TEAM"))).teamId()).isEmpty();
  }

  @Test
  void theBlobsHaveTheirHashes() throws Exception {
    for (int slot = 1; slot <= 7; slot++) {
      Directory all = directory(d -> d.specialSlots = 7);
      SignedMachO file = new SignedMachO().directory(all).special(slot, "designated");
      byte[] bad = file.bytes();
      assertThat(read(bad).damage()).isEmpty();
      int at = new String(bad, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("designated");
      bad[at] ^= 1;
      assertThat(read(bad).damage())
          .containsExactly("the sha256 of special slot " + slot + " is of another content");
    }
    assertThat(read(signed(d -> d.specialSlots = 1)).damage())
        .as("a slot that the directory does not have")
        .isEmpty();
    assertThat(read(signed(d -> d.specialSlots = 7)).damage()).isEmpty();
  }

  /** macOS takes the directory with the strongest hash. */
  @ParameterizedTest
  @CsvSource({"1,20,sha1", "3,20,sha256-truncated", "2,32,sha256", "4,48,sha384"})
  void allHashesAreRead(int type, int size, String name) throws Exception {
    Consumer<Directory> change =
        d -> {
          d.type = type;
          d.size = size;
        };
    assertThat(read(signed(change)).hashes()).containsExactly(name);
    assertThat(read(signed(change)).damage()).isEmpty();
    assertThatThrownBy(() -> read(signed(change.andThen(d -> d.size = size - 1))))
        .isInstanceOf(HeaderException.class)
        .hasMessage("truncated or damaged: " + name + " hashes of " + (size - 1) + " bytes");
  }

  @Test
  void anUnknownHashIsDamage() throws Exception {
    assertThat(read(signed(d -> d.type = 9)).damage())
        .containsExactly("its pages are sealed by an unknown hash type 9");
  }

  @Test
  void theStrongestDirectoryCountsAndAllAreChecked() throws Exception {
    Consumer<Directory> weak =
        d -> {
          d.type = 1;
          d.size = 20;
          d.team = "WEAK";
        };
    Consumer<Directory> strong = d -> d.team = "STRONG";
    for (boolean weakFirst : new boolean[] {true, false}) {
      SignedMachO file =
          new SignedMachO()
              .directory(directory(weakFirst ? weak : strong))
              .directory(directory(weakFirst ? strong : weak));
      Signature signature = read(file);
      assertThat(signature.damage()).isEmpty();
      assertThat(signature.teamId()).isEqualTo("STRONG");
      assertThat(signature.hashes()).containsExactlyInAnyOrder("sha1", "sha256");
    }
    SignedMachO bad =
        new SignedMachO()
            .directory(directory(strong))
            .directory(directory(weak.andThen(d -> d.missingHashes = 1)));
    assertThat(read(bad).damage()).containsExactly("it has hashes of 2 pages, but the file has 3");
  }

  @Test
  void theCertificateAndTheFlagAgree() throws Exception {
    assertThat(read(signed(d -> d.flags = 0)).damage())
        .containsExactly(
            "the certificate's signature is missing, and the code directory is not ad hoc");
    assertThat(read(signed(d -> d.flags = 0).certificate("")).damage()).hasSize(1);
    assertThat(read(signed().certificate("")).damage()).as("as codesign writes it").isEmpty();
    assertThat(read(signed().certificate("cms")).damage())
        .containsExactly("the code directory says ad hoc, but there is a certificate's signature");
  }

  @Test
  void whatIsNoSignatureIsRefused() throws Exception {
    byte[] good = signed().bytes();
    refused(change(good, SignedMachO.CODE, 0xfa, 0x00), "has no super blob");
    refused(change(good, SignedMachO.CODE + 11, 2, 101), "a code signature of 101 blobs");
    int directory = SignedMachO.CODE + 12 + 2 * 8;
    refused(change(good, directory + 3, 2, 3), "a code directory has another magic");
    refused(change(good, SignedMachO.CODE + 15, 0, 5), "the code signature has no code directory");
    refused(change(good, directory + 39, 12, 25), "the code directory's limit or page size");
    refused(change(good, directory + 32, 0, 1), "the code directory's limit or page size");
    assertThat(read(signed(d -> d.shift = 24)).pages()).isEqualTo(1);
    for (int length = SignedMachO.CODE; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(HeaderException.class);
    }
  }

  private static byte[] change(byte[] good, int at, int old, int value) {
    assertThat(good[at] & 255).isEqualTo(old);
    byte[] bad = good.clone();
    bad[at] = (byte) value;
    return bad;
  }

  private static void refused(byte[] file, String sentence) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(HeaderException.class)
        .hasMessageContaining(sentence);
  }
}
