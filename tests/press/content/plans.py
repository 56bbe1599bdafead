"""Plans of work of invented offices, in words of their own."""

from __future__ import annotations

from collections.abc import Iterator

from tests.press.decree import PlanRow

_ALL = tuple(range(1, 13))

# Area number, area; component; then per item: item, indicator, action, evidence, target, months, notes.
_Item = tuple[str, str, str, str, str, tuple[int, ...], str]
_Area = tuple[str, str, tuple[tuple[str, tuple[_Item, ...]], ...]]

_COASTAL: tuple[_Area, ...] = (
    (
        "I",
        "Manajemen Perubahan",
        (
            (
                "Pembentukan Tim Penggerak Zona Integritas",
                (
                    (
                        "Rapat penyusunan keanggotaan tim penggerak bersama seluruh kepala subbagian",
                        "Tersusunnya daftar anggota tim yang dipilih secara terbuka",
                        "Mengundang seluruh subbagian untuk mengusulkan calon anggota tim",
                        "1) undangan dan daftar hadir;\n2) notula rapat; dan\n3) daftar usulan anggota",
                        "Januari {year}",
                        (1,),
                        "",
                    ),
                    (
                        "Penerbitan keputusan tentang tim penggerak",
                        "Terbitnya keputusan ketua tentang tim penggerak Zona Integritas",
                        "Menyiapkan naskah keputusan dan mengajukannya kepada {chair}",
                        "Salinan keputusan yang telah ditandatangani",
                        "Januari s/d Februari {year}",
                        (1, 2),
                        "Subbag Hukum",
                    ),
                ),
            ),
            (
                "Penyusunan Dokumen Rencana Pembangunan",
                (
                    (
                        "Penetapan sasaran prioritas yang terukur untuk setiap subbagian pelaksana",
                        "Tersedianya dokumen sasaran prioritas yang disepakati seluruh pegawai",
                        "Memetakan layanan yang paling banyak dikeluhkan pemilih dan peserta pemilihan sebagai dasar "
                        "penentuan sasaran prioritas tahun berjalan",
                        "Dokumen sasaran prioritas beserta lembar kesepakatan",
                        "Februari, Maret dan April {year}",
                        (2, 3, 4),
                        "",
                    ),
                    (
                        "Penyebarluasan rencana pembangunan melalui laman, papan pengumuman dan media sosial kantor",
                        "Rencana pembangunan diketahui oleh pegawai dan masyarakat",
                        "a. menayangkan rencana pada laman resmi;\nb. memasang infografis di ruang layanan; dan\n"
                        "c. membahasnya dalam apel pagi",
                        "Tangkapan layar laman dan foto papan pengumuman",
                        "Maret s/d Juni {year}",
                        (3, 4, 5, 6),
                        "Humas",
                    ),
                ),
            ),
            (
                "Pemantauan dan Evaluasi Pembangunan",
                (
                    (
                        "Pemantauan capaian rencana pada setiap akhir triwulan",
                        "Adanya laporan pemantauan triwulanan yang memuat hambatan dan jalan keluarnya",
                        "Mengumpulkan lembar capaian dari setiap kelompok kerja",
                        "Laporan pemantauan dan bukti penyampaiannya",
                        "Setiap triwulan",
                        (3, 6, 9, 12),
                        "",
                    ),
                ),
            ),
            (
                "Perubahan Pola Pikir dan Budaya Kerja",
                (
                    (
                        "Pemilihan agen perubahan dari setiap subbagian",
                        "Terpilihnya agen perubahan yang menjadi teladan",
                        "Menyelenggarakan pemungutan suara internal untuk memilih agen perubahan",
                        "Berita acara pemilihan agen perubahan",
                        "April {year}",
                        (4,),
                        "",
                    ),
                    (
                        "Gerakan ruang kerja tertata dan hemat energi",
                        "Meningkatnya kedisiplinan pegawai dalam menata ruang kerja",
                        "Melakukan pemeriksaan ruang kerja setiap hari Jumat",
                        "Lembar pemeriksaan dan dokumentasi",
                        "Per-bulan (Januari-Desember)",
                        _ALL,
                        "seluruh pegawai",
                    ),
                ),
            ),
        ),
    ),
    (
        "II",
        "Penataan Tatalaksana",
        (
            (
                "Prosedur Operasional Kegiatan Utama",
                (
                    (
                        "Inventarisasi prosedur kerja yang belum dibakukan",
                        "Tersedianya daftar prosedur kerja yang perlu dibakukan",
                        "Mewawancarai pelaksana layanan mengenai alur kerja yang dijalankan sehari-hari",
                        "Daftar inventarisasi prosedur kerja",
                        "Februari {year}",
                        (2,),
                        "",
                    ),
                    (
                        "Penilaian kesesuaian prosedur dengan pelaksanaan di lapangan",
                        "Prosedur yang tidak sesuai lagi telah diperbaiki dan disahkan kembali oleh sekretaris",
                        "Menguji coba prosedur bersama petugas layanan",
                        "Lembar penilaian, naskah prosedur hasil perbaikan, dan bukti pengesahannya",
                        "Semester II",
                        (7, 8, 9, 10, 11, 12),
                        "",
                    ),
                ),
            ),
            (
                "Layanan Berbasis Elektronik",
                (
                    (
                        "Pemanfaatan aplikasi persuratan tanpa kertas",
                        "Seluruh surat masuk dan keluar tercatat dalam aplikasi",
                        "Melatih operator persuratan pada setiap subbagian",
                        "Rekapitulasi surat elektronik setiap bulan",
                        "Januari s/d Desember {year}",
                        _ALL,
                        "",
                    ),
                ),
            ),
            (
                "Keterbukaan Informasi Publik",
                (
                    (
                        "Pembaruan daftar informasi publik",
                        "Daftar informasi publik diperbarui paling sedikit dua kali dalam setahun",
                        "Menghimpun dokumen dari seluruh subbagian untuk diklasifikasikan",
                        "Keputusan daftar informasi publik",
                        "Juni dan Desember {year}",
                        (6, 12),
                        "PPID",
                    ),
                ),
            ),
        ),
    ),
    (
        "III",
        "Penataan Sistem Manajemen SDM",
        (
            (
                "Pengembangan Kompetensi Pegawai",
                (
                    (
                        "Analisis kebutuhan pelatihan berdasarkan kesenjangan kompetensi jabatan",
                        "Terpetakannya kebutuhan pelatihan setiap pegawai",
                        "Menyebarkan kuesioner kebutuhan pelatihan",
                        "Hasil analisis kebutuhan pelatihan",
                        "Maret {year}",
                        (3,),
                        "",
                    ),
                    (
                        "Pelaksanaan pelatihan mandiri dan berbagi pengetahuan antarpegawai",
                        "Setiap pegawai mengikuti paling sedikit dua puluh jam pelatihan",
                        "Menyusun jadwal berbagi pengetahuan setiap dua bulan",
                        "Sertifikat dan jadwal berbagi pengetahuan",
                        "Februari, April, Juni, Agustus, Oktober, Desember",
                        (2, 4, 6, 8, 10, 12),
                        "",
                    ),
                ),
            ),
            (
                "Penegakan Aturan Disiplin dan Kode Perilaku",
                (
                    (
                        "Penyampaian aturan kode perilaku kepada pegawai baru",
                        "Seluruh pegawai menandatangani pernyataan kepatuhan",
                        "Membagikan buku saku kode perilaku",
                        "Pernyataan kepatuhan yang ditandatangani",
                        "Mei {year}",
                        (5,),
                        "",
                    ),
                ),
            ),
        ),
    ),
    (
        "IV",
        "Penguatan Akuntabilitas",
        (
            (
                "Keterlibatan Pimpinan",
                (
                    (
                        "Pimpinan memimpin pembahasan perjanjian kinerja",
                        "Perjanjian kinerja ditandatangani tepat waktu",
                        "Menyelenggarakan rapat pembahasan target kinerja",
                        "Perjanjian kinerja dan notula pembahasan",
                        "Januari {year}",
                        (1,),
                        "",
                    ),
                ),
            ),
            (
                "Pengelolaan Akuntabilitas Kinerja",
                (
                    (
                        "Penyusunan laporan kinerja tahunan",
                        "Laporan kinerja disampaikan sebelum batas waktu",
                        "Menghimpun data capaian kinerja dari pelaksana kegiatan",
                        "Laporan kinerja dan tanda terima penyampaian",
                        "Paling lambat Februari {year}",
                        (2,),
                        "",
                    ),
                ),
            ),
        ),
    ),
    (
        "V",
        "Penguatan Pengawasan",
        (
            (
                "Pengendalian Gratifikasi",
                (
                    (
                        "Kampanye tolak gratifikasi di ruang layanan",
                        "Tersedianya media kampanye di setiap ruang layanan",
                        "Mencetak poster dan memutar video pendek",
                        "Foto media kampanye",
                        "April s/d September {year}",
                        (4, 5, 6, 7, 8, 9),
                        "",
                    ),
                ),
            ),
            (
                "Penanganan Pengaduan Masyarakat",
                (
                    (
                        "Penyediaan saluran pengaduan yang mudah dijangkau",
                        "Setiap pengaduan ditanggapi paling lama lima hari kerja",
                        "Membuka nomor pesan singkat khusus pengaduan dan menunjuk petugas penerima pengaduan pada "
                        "setiap hari kerja",
                        "Rekapitulasi pengaduan dan tanggapannya",
                        "Januari s/d Desember {year}",
                        _ALL,
                        "",
                    ),
                    (
                        "Evaluasi penanganan pengaduan",
                        "Adanya laporan evaluasi yang ditindaklanjuti",
                        "Menelaah pengaduan yang melewati batas waktu",
                        "Laporan evaluasi pengaduan",
                        "Juli dan Desember {year}",
                        (7, 12),
                        "",
                    ),
                ),
            ),
        ),
    ),
    (
        "VI",
        "Peningkatan Kualitas Pelayanan Publik",
        (
            (
                "Standar Pelayanan",
                (
                    (
                        "Penyusunan maklumat layanan bersama wakil masyarakat",
                        "Maklumat layanan ditetapkan dan dipasang",
                        "Mengundang wakil partai, media, dan penyandang disabilitas untuk memberi masukan",
                        "Maklumat layanan dan berita acara pembahasan",
                        "Mei s/d Juni {year}",
                        (5, 6),
                        "",
                    ),
                ),
            ),
            (
                "Penilaian Kepuasan",
                (
                    (
                        "Survei kepuasan pengguna layanan informasi",
                        "Nilai survei kepuasan diumumkan kepada masyarakat",
                        "Membagikan kuesioner daring dan luring",
                        "Laporan hasil survei",
                        "Oktober s/d November {year}",
                        (10, 11),
                        "",
                    ),
                ),
            ),
        ),
    ),
)

_UNITS = ("Subbag Umum", "Subbag Teknis", "Subbag Hukum", "Subbag Data")


def coastal_rows(year: int, chair: str) -> tuple[PlanRow, ...]:
    """A plan over all six areas; `chair` is who signs."""
    return tuple(_rows(_COASTAL, year, chair))


def short_rows(year: int, chair: str) -> tuple[PlanRow, ...]:
    """The first two areas and the last one."""
    return tuple(_rows((_COASTAL[0], _COASTAL[1], _COASTAL[5]), year, chair))


def _rows(areas: tuple[_Area, ...], year: int, chair: str) -> Iterator[PlanRow]:
    count = 0
    for area_no, area, components in areas:
        for c, (component, items) in enumerate(components, 1):
            for i, (item, indicator, action, evidence, target, months, notes) in enumerate(items):
                count += 1
                yield PlanRow(
                    area_no=area_no,
                    area=area,
                    component_no=str(c),
                    component=component,
                    item_no="abcdef"[i],
                    item=item,
                    indicator=indicator,
                    action=action.format(chair=chair, year=year),
                    evidence=evidence,
                    target=target.format(year=year),
                    months=months,
                    notes=notes,
                    responsible=_UNITS[count % len(_UNITS)],
                    quantity=f"{1 + count % 3} dokumen",
                    budget=f"Rp{(count % 7 + 1) * 250}.000",
                    realised=f"{(count * 5) % 100}%",
                )
